#!/bin/bash
log=/etc/kafka/docker/log4j2.yaml
[ -e /opt/kafka/config/log4j2.yaml ] && log=/opt/kafka/config/log4j2.yaml
# shellcheck disable=SC2086 # several options in each
exec /opt/java/openjdk/bin/java ${KAFKA_HEAP_OPTS:--Xmx256m} ${KAFKA_OPTS:-} -XX:+UseSerialGC -XX:TieredStopAtLevel="${KAFKA_TIER:-4}" \
  -Dlog4j2.configurationFile="$log" -cp '/opt/kafka/libs/*' "$@"
