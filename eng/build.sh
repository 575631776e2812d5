# Sourced by ./marathon and eng/test. Needs $repo. Everything it prints goes to stderr.

require_dotnet() {
  if ! command -v dotnet >/dev/null 2>&1; then
    echo "marathon: the .NET SDK 10 is missing; install it (https://dot.net/download) and put dotnet on the PATH" >&2
    exit 1
  fi
  if ! (cd "$repo" && dotnet --version) >/dev/null 2>&1; then
    echo "marathon: global.json asks for the .NET SDK 10; this machine has: $(dotnet --list-sdks | cut -d' ' -f1 | paste -sd, || true). Install it (https://dot.net/download)" >&2
    exit 1
  fi
}

# True when a source is newer than the last build of that name.
stale() {
  local stamp=$repo/artifacts/.built-$1
  [ -e "$stamp" ] || return 0
  [ -n "$(find "$repo/src" "$repo/tests" "$repo/eng" "$repo"/*.props "$repo"/*.json "$repo"/*.sln* "$repo/.editorconfig" -newer "$stamp" -print -quit)" ]
}

# build PROJECT-OR-SOLUTION NAME: restores and builds when something has changed; says so only then. One build at a time: what two
# write at once is not sound.
build() {
  stale "$2" || return 0
  require_dotnet
  mkdir -p "$repo/artifacts"
  local lock
  exec {lock}>"$repo/artifacts/.building"
  if command -v flock >/dev/null 2>&1 && ! flock -n "$lock"; then
    echo "marathon: waiting for another build to end" >&2
    flock "$lock"
  fi
  # Not to be inherited: what the SDK leaves running would keep it.
  build_alone "$1" "$2" {lock}>&-
  exec {lock}>&-
}

build_alone() {
  stale "$2" || return 0
  "$repo/eng/librdkafka" >&2
  "$repo/eng/precompiler" >&2
  local log=$repo/artifacts/build-$2.log started
  started=$(mktemp "$repo/artifacts/.started.XXXXXX")
  echo "marathon: building (log: $log)" >&2
  if ! dotnet build "$1" -c Release --nologo -v minimal >"$log" 2>&1; then
    rm -f "$started"
    grep -E "error|warn" "$log" | sort -u | head -20 >&2 || tail -20 "$log" >&2
    echo "marathon: the build failed; the whole log is $log" >&2
    exit 1
  fi
  mv "$started" "$repo/artifacts/.built-$2"
}
