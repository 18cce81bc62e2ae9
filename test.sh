#!/usr/bin/env bash
# Everything a fresh machine needs to build and test, from anywhere, as root or not. The last line is always
# "N passed, N failed, N skipped", added up from the test runners' own reports; the exit code follows it.
# Arguments go to `dotnet test`: ./test.sh --filter-class '*MoneyTests'. One project: TEST_PROJECTS=BackOffice.Core.Tests ./test.sh
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")" || exit 1
exec </dev/null
export CI="${CI:-true}" DEBIAN_FRONTEND=noninteractive NO_COLOR=1
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_GENERATE_ASPNET_CERTIFICATE=false MSBUILDTERMINALLOGGER=off

readonly results=artifacts/test-results
readonly minutes="${TEST_MINUTES:-40}"
passed=0 failed=0 skipped=0

closing_line() {
  local status=$?
  trap - EXIT
  [ "$status" -eq 0 ] || [ "$failed" -gt 0 ] || failed=1
  [ "$failed" -eq 0 ] || [ "$status" -ne 0 ] || status=1
  echo "$passed passed, $failed failed, $skipped skipped"
  exit "$status"
}
trap closing_line EXIT
trap 'echo "Interrupted." >&2; exit 130' INT TERM HUP

give_up() {
  echo "$1" >&2
  exit 1
}

# Runs a command in what is left of the time; a command that hangs is a failure, not a wait.
bounded() {
  local left=$((minutes * 60 - SECONDS))
  [ "$left" -gt 0 ] || give_up "The time is up: ${minutes} minutes (TEST_MINUTES) were not enough."
  timeout --kill-after=30 "$left" "$@"
}

has_chromium() { [ -x "${BACKOFFICE_CHROMIUM:-/usr/bin/chromium}" ]; }
has_postgresql() { compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null; }
has_pdf_tools() { command -v pdftotext >/dev/null; }
has_font() { compgen -G '/usr/share/fonts/truetype/dejavu/*.ttf' >/dev/null; }

install_missing() {
  local missing=() as_root=()
  has_chromium || missing+=(chromium)
  has_postgresql || missing+=(postgresql)
  has_pdf_tools || missing+=(poppler-utils)
  has_font || missing+=(fonts-dejavu-core)
  [ "${#missing[@]}" -gt 0 ] || return 0

  if [ "$(id -u)" -ne 0 ]; then as_root=(sudo -n); fi
  if ! command -v apt-get >/dev/null || ! "${as_root[@]}" true 2>/dev/null; then
    give_up "The tests need more than is installed here; run: sudo apt-get install --no-install-recommends ${missing[*]}"
  fi

  echo "Installing ${missing[*]}"
  if [ ! -e /etc/postgresql-common ]; then
    # The tests start a server of their own. Debian's would only take a port and memory.
    "${as_root[@]}" mkdir -p /etc/postgresql-common/createcluster.d
    echo 'create_main_cluster = false' | "${as_root[@]}" tee /etc/postgresql-common/createcluster.d/no-cluster.conf >/dev/null
  fi
  local apt=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=300)
  bounded "${apt[@]}" update >&2
  bounded "${apt[@]}" install -y --no-install-recommends "${missing[@]}" >artifacts/apt.log 2>&1 ||
    tail -n 20 artifacts/apt.log >&2

  has_chromium || give_up "The browser tests need Chromium; run: sudo apt-get install chromium (or set BACKOFFICE_CHROMIUM to one)"
  has_postgresql || give_up "The database tests need PostgreSQL's server programs; run: sudo apt-get install postgresql"
  has_pdf_tools || give_up "The document tests need pdftotext; run: sudo apt-get install poppler-utils"
  has_font || give_up "The browser tests need a font; run: sudo apt-get install fonts-dejavu-core"
}

# Adds the counters of one project's report. A crashed or timed-out runner leaves none, and itself says "failed: 0".
add_up() {
  local project=$1 status=$2 reports counters before=$failed
  reports=$(find "$results/$project" -name '*.trx' 2>/dev/null)
  count() { sed -n "s/.* $1=\"\([0-9]*\)\".*/\1/p" <<<"$counters"; }
  for report in $reports; do
    counters=$(grep -o '<Counters [^>]*>' "$report")
    passed=$((passed + $(count passed)))
    failed=$((failed + $(count failed) + $(count error) + $(count timeout) + $(count aborted)))
    skipped=$((skipped + $(count notExecuted)))
  done
  if [ -z "$reports" ]; then
    echo "$project left no report (dotnet test exited $status): counted as one failure" >&2
    failed=$((failed + 1))
  elif [ "$status" -ne 0 ] && [ "$failed" -eq "$before" ]; then
    echo "$project: dotnet test exited $status though its report has no failed test: counted as one failure" >&2
    failed=$((failed + 1))
  fi
}

# The browser project comes last, by itself: pages that wait for a busy machine look broken.
test_projects() {
  grep -l '"xunit.v3"' tests/*/*.csproj | xargs -n 1 basename -s .csproj | grep -xE "${TEST_PROJECTS:-.*}" |
    sort | awk '/Browser/ { last = last $0 "\n"; next } { print } END { printf "%s", last }'
}

mkdir -p artifacts
install_missing
dotnet --version >/dev/null 2>&1 ||
  give_up "The .NET SDK named in global.json is missing; install it from https://dot.net/download (version 10.0)"

bounded dotnet restore --locked-mode BackOffice.sln || give_up "The packages could not be restored as the lock files name them."
bounded dotnet build --no-restore --configuration Release BackOffice.sln || give_up "The build failed."

rm -rf "$results"
filtered=()
[ $# -eq 0 ] || filtered=(--ignore-exit-code 8) # A filter may leave nothing to do in one of the projects.
projects=$(test_projects)
[ -n "$projects" ] || give_up "There are no test projects under tests/."
for project in $projects; do
  status=0
  bounded dotnet test --project "tests/$project/$project.csproj" --no-build --configuration Release --no-ansi \
    --no-progress --results-directory "$results/$project" --report-xunit-trx --timeout 30m "${filtered[@]}" "$@" || status=$?
  add_up "$project" "$status"
done
[ "$failed" -eq 0 ]
