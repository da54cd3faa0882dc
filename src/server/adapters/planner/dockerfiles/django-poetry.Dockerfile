FROM python:3.13-slim AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_ROOT_USER_ACTION=ignore VIRTUAL_ENV=/venv PATH=/venv/bin:$PATH
RUN python -m venv /venv
WORKDIR /app
RUN --mount=type=cache,target=/root/.cache/pip /usr/local/bin/pip install poetry==2.5.1
COPY pyproject.toml poetry.lock ./
RUN --mount=type=cache,target=/root/.cache/pypoetry poetry install --only main --no-root --no-interaction
RUN --mount=type=cache,target=/root/.cache/pip pip install gunicorn==27.0.1
COPY . ./
RUN python manage.py collectstatic --no-input

FROM python:3.13-slim
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PATH=/venv/bin:$PATH HOME=/app HOST=0.0.0.0 PORT=3000
COPY --from=build /venv /venv
COPY --from=build --chown=1000:1000 /app /app
WORKDIR /app
USER 1000:1000
EXPOSE 3000
CMD ["/bin/sh","-c","exec gunicorn --bind 0.0.0.0:$PORT shop.wsgi"]
