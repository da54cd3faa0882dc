FROM python:3.12-slim AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_ROOT_USER_ACTION=ignore VIRTUAL_ENV=/venv PATH=/venv/bin:$PATH
RUN python -m venv /venv
WORKDIR /app
RUN --mount=type=cache,target=/root/.cache/pip /usr/local/bin/pip install uv==0.13.9
COPY pyproject.toml uv.lock ./
RUN --mount=type=cache,target=/root/.cache/uv uv sync --frozen --no-dev --no-install-project --active
RUN --mount=type=cache,target=/root/.cache/uv uv pip install uvicorn==0.54.0

FROM python:3.12-slim
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PATH=/venv/bin:$PATH HOME=/app HOST=0.0.0.0 PORT=3000
COPY --from=build /venv /venv
COPY --chown=1000:1000 . /app
WORKDIR /app
USER 1000:1000
EXPOSE 3000
CMD ["/bin/sh","-c","exec uvicorn --host 0.0.0.0 --port $PORT app.main:app"]
