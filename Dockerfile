# autoack in a container: SQLite on the volume /var/lib/autoack, or PostgreSQL (config/compose.yaml).
# Every Python package is pinned with its hashes by the lock files; the base image by its tag.

ARG PYTHON=3.13-slim-bookworm

# --- build: what is needed here stays behind ---------------------------------------------------------------------
FROM python:${PYTHON} AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /build
COPY requirements.lock requirements-dev.lock ./

# The tools: pip, and hatchling, which builds the wheel. Its own needs are named here; should they grow, pip says so
# and stops, for with --require-hashes nothing comes in that the lock does not name.
RUN awk '/^[^ ]/ {ours = /^(hatchling|packaging|pathspec|pluggy|tomlkit|trove-classifiers)==/} ours' \
        requirements-dev.lock > build.lock \
    && python -m venv /opt/tools \
    && /opt/tools/bin/pip install --require-hashes -r build.lock

RUN python -m venv --without-pip /opt/autoack \
    && /opt/tools/bin/pip --python /opt/autoack/bin/python install --require-hashes -r requirements.lock

COPY . .
RUN /opt/tools/bin/pip wheel --no-deps --no-build-isolation --wheel-dir dist . \
    && /opt/tools/bin/pip --python /opt/autoack/bin/python install --no-deps dist/*.whl

# --- what runs ---------------------------------------------------------------------------------------------------
FROM python:${PYTHON}
RUN groupadd --gid 10001 autoack \
    && useradd --uid 10001 --gid 10001 --home-dir /var/lib/autoack --no-create-home --shell /usr/sbin/nologin autoack \
    && install -d -m 0755 /etc/autoack \
    && install -d -m 0700 -o 10001 -g 10001 /var/lib/autoack
COPY --from=build /opt/autoack /opt/autoack

# RUNTIME_DIRECTORY: where the daemon shows that it is alive; with a read-only root a tmpfs, as config/compose.yaml has.
ENV PATH=/opt/autoack/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    RUNTIME_DIRECTORY=/tmp

# By number: an orchestrator can see that it is not root.
USER 10001:10001
WORKDIR /var/lib/autoack
VOLUME /var/lib/autoack

# The daemon touches the file every 5 seconds while its event loop turns (autoack/notify/heartbeat.py). A server that
# cannot be reached does not make it unhealthy: that is what alerts are for, and a restart would not help.
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
    CMD find "$RUNTIME_DIRECTORY/autoack.alive" -newermt "30 seconds ago" | grep .

STOPSIGNAL SIGTERM
ENTRYPOINT ["autoack"]
CMD ["run"]
