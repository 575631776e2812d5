#!/usr/bin/env bash
# tests/storm.sh [seconds, default 180] [testbed|kafka, default both]
# tail-read while a worker, drawn at random, is struck every 10 s (kill -9 and notice of preemption by turns) and the controller is
# killed every 45 s. It must end with a pass; how soon replacements were at work is told on a line of JSON for each cluster. Real
# Kafka needs Java 17 and MARATHON_KAFKA_HOMES. MARATHON_STORM_SEED draws the same workers again.
set -euo pipefail
repo=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
. "$repo/eng/build.sh"
seconds=${1:-180}
case "${2:-both}" in
  testbed) filter=StormTests.Testbed_ ;;
  kafka) filter=StormTests.Kafka_ ;;
  both) filter=StormTests ;;
  *) echo "tests/storm.sh: '$2' is no cluster; use testbed or kafka, or leave it out for both" >&2; exit 2 ;;
esac
[[ $seconds =~ ^[0-9]+$ && $seconds -ge 40 ]] || { echo "tests/storm.sh: '$seconds' is no number of seconds from 40" >&2; exit 2; }
project=$repo/tests/Marathon.EndToEnd.Tests/Marathon.EndToEnd.Tests.csproj
build "$project" storm
MARATHON_STORM=$seconds exec dotnet test "$project" -c Release --no-build --nologo --filter "FullyQualifiedName~$filter" --logger "console;verbosity=detailed"
