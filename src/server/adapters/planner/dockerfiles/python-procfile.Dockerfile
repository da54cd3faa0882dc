FROM python:3.13-slim AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_ROOT_USER_ACTION=ignore VIRTUAL_ENV=/venv PATH=/venv/bin:$PATH
RUN python -m venv /venv
WORKDIR /app
COPY requirements.txt ./
RUN --mount=type=cache,target=/root/.cache/pip pip install -r requirements.txt

FROM python:3.13-slim
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PATH=/venv/bin:$PATH HOME=/app HOST=0.0.0.0 PORT=3000
COPY --from=build /venv /venv
COPY --chown=1000:1000 . /app
WORKDIR /app
USER 1000:1000
EXPOSE 3000
CMD ["/bin/sh","-c","exec python -m site --port $PORT"]
