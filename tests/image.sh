#!/usr/bin/env bash
# Builds the Dockerfile and runs the image as a careful operator does: uid 1654, read-only root, no privileges, its own network.
# Needs no Docker engine and no image registry: buildah builds, and both base images are made out of this machine (Debian or Ubuntu).
# Usage: tests/image.sh        (as root; ends with "image: ok", or says what is wrong and exits 1)
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

fail() { echo "image: $*" >&2; exit 1; }

((EUID == 0)) || fail "namespaces and file owners need root"
for tool in dotnet buildah gcc ip unshare setpriv curl; do
    command -v "$tool" >/dev/null || fail "$tool is missing (tests/run.sh installs it)"
done

# chroot isolation and the vfs driver: the two that also work inside a container or a sandbox.
export BUILDAH_ISOLATION=chroot
storage() { buildah --root "$work/storage" --runroot "$work/run" --storage-driver vfs "$@"; }

# base NAME DIRECTORY [SETTING...]: an image with just that content.
base() {
    local name=$1 directory=$2 container
    shift 2
    container=$(storage from scratch)
    storage copy --quiet "$container" "$directory" / >/dev/null
    storage config "$@" "$container"
    storage commit --quiet "$container" "$name" >/dev/null
    storage rm "$container" >/dev/null
}

# What Microsoft's chiselled runtime-deps holds, from this machine's packages of the same names: no shell, no package manager.
runtime_base() {
    local root=$work/runtime ssl
    ssl=$(dpkg-query --showformat '${Package}\n' --show 'libssl3*' | grep -E '^libssl3(t64)?$') || fail "libssl3 is not installed"
    mkdir -p "$root"/{usr/lib,usr/lib64,etc/ssl/certs,proc,dev,tmp}
    ln -s usr/lib usr/lib64 "$root"
    dpkg -L libc6 libgcc-s1 libstdc++6 "$ssl" zlib1g | sed -n 's|^/\(.*\.so\.[^/]*\)$|\1|p' \
        | tar --create --directory / --files-from - | tar --extract --directory "$root"
    cp --dereference /etc/ssl/certs/ca-certificates.crt "$root/etc/ssl/certs/"
    echo 'app:x:1654:1654::/home/app:/bin/false' > "$root/etc/passwd"
    base runtime-base "$root"
}

# An empty root with the mount points of this machine's own SDK and linker: nothing is copied, so this takes no time.
build_base() {
    local root=$work/build setting settings=(--env "PATH=$dotnet:/usr/bin")
    mkdir -p "$root"/{usr,etc/alternatives,etc/ssl,root/.nuget,tmp,var/tmp}
    ln -s usr/bin usr/lib usr/lib64 usr/sbin "$root"
    cp /etc/passwd /etc/group "$root/etc/"
    while read -r setting; do
        settings+=(--env "$setting")
    done < <(env | grep -E '^(DOTNET|NUGET|SSL_CERT)_' || true)
    base build-base "$root" "${settings[@]}"
}

build() {
    local packages=${NUGET_PACKAGES:-$HOME/.nuget/packages}
    mkdir -p "$packages"
    storage build --format docker --pull-never --tag taggateway \
        --build-arg BUILD_IMAGE=localhost/build-base --build-arg RUNTIME_IMAGE=localhost/runtime-base \
        --volume /usr:/usr:ro --volume /etc/alternatives:/etc/alternatives:ro --volume /etc/ssl:/etc/ssl:ro \
        --volume "$dotnet:$dotnet:ro" --volume "$packages:${NUGET_PACKAGES:-/root/.nuget/packages}" \
        . > "$work/build.log" 2>&1 || { cat "$work/build.log" >&2; fail "the Dockerfile does not build"; }
}

# inspect TEMPLATE: a part of the finished image's own description.
inspect() { storage inspect --type image --format "{{$1}}" taggateway; }

# in_image COMMAND...: as the image's own user, with its environment and working directory, in its root alone.
in_image() {
    exec env --ignore-environment "${environment[@]}" \
        setpriv --no-new-privs unshare --root="$root" --wd="$directory" --setuid "$user" --setgid "$user" "$@"
}

status() { curl --silent --output /dev/null --max-time 2 --write-out '%{http_code}' "$1" || true; }

# Runs in its own mount, process and network namespace: the image's fixed ports are free there, and nothing outlives it.
run_in_namespace() {
    local root=$1 user directory environment entrypoint healthcheck gateway device deadline
    user=$(inspect .OCIv1.Config.User)
    directory=$(inspect .OCIv1.Config.WorkingDir)
    mapfile -t environment < <(inspect 'range .OCIv1.Config.Env}}{{println .}}{{end' | grep .)
    mapfile -t entrypoint < <(inspect 'range .OCIv1.Config.Entrypoint}}{{println .}}{{end' | grep .)
    mapfile -t healthcheck < <(inspect 'range .Docker.Config.Healthcheck.Test}}{{println .}}{{end' | grep . | tail -n +2)
    environment+=(TAGGATEWAY_TAG=G-IMAGE1 TAGGATEWAY_PATH=/f807)

    ip link set lo up
    mount --bind "$root" "$root"
    mount -t proc proc "$root/proc"
    mount -t tmpfs -o mode=755 tmpfs "$root/dev"
    for device in null zero random urandom; do
        touch "$root/dev/$device"
        mount --bind "/dev/$device" "$root/dev/$device"
    done
    mount -o remount,ro "$root/dev"
    mount -o remount,ro,bind "$root"

    (in_image "${entrypoint[@]}") > "$work/gateway.log" 2>&1 &
    gateway=$!
    deadline=$((SECONDS + 20))
    until [[ $(status http://127.0.0.1:8081/readyz) == 200 ]]; do
        kill -0 "$gateway" 2>/dev/null || fail "it did not start: $(cat "$work/gateway.log")"
        ((SECONDS < deadline)) || fail "it is not ready after 20 s: $(cat "$work/gateway.log")"
        sleep 0.05
    done

    echo "image: /readyz 200"
    grep -qE "^Uid:\s+$user\s+$user\s+$user\s+$user$" "/proc/$gateway/status" || fail "it does not run as $user"
    grep -qE '^CapEff:\s+0+$' "/proc/$gateway/status" || fail "it has capabilities"
    awk '$5 == "/" && $6 ~ /^ro(,|$)/ { found = 1 } END { exit !found }' "/proc/$gateway/mountinfo" || fail "its root is writable"
    [[ $(find "$root" -xdev -name '*sh' -type f -perm /111) == "" ]] || fail "there is a shell in it"
    echo "image: uid $user, no capabilities, read-only root, no shell"
    [[ $(status http://127.0.0.1:8080/unknown) == 404 ]] || fail "an unknown path is answered $(status http://127.0.0.1:8080/unknown)"
    echo "image: unknown path 404"
    (in_image "${healthcheck[@]}") || fail "the health check says $? of a ready gateway"
    kill -TERM "$gateway"
    wait "$gateway" || fail "it ends with $? on SIGTERM: $(cat "$work/gateway.log")"
    ! (in_image "${healthcheck[@]}") 2>/dev/null || fail "the health check is content with a stopped gateway"
    echo "image: health check 0 while it runs, not 0 afterwards; SIGTERM ends it with 0"
}

if [[ ${1-} == --in-namespace ]]; then
    work=$2
    run_in_namespace "$3"
    exit
fi

# Everything that is made lies in one directory and goes with it.
work=$(mktemp -d)
unshared=
cleanup() {
    [[ -z $unshared ]] || kill "$unshared" 2>/dev/null || true
    storage umount --all >/dev/null 2>&1 || true
    rm -rf "$work"
}
trap cleanup EXIT

dotnet=$(dirname "$(readlink -f "$(command -v dotnet)")")
runtime_base
build_base
build
! grep -i warning "$work/build.log" >&2 || fail "the build warns"
echo "image: built after $SECONDS s without a warning"

container=$(storage from --pull-never taggateway)
root=$(storage mount "$container")
echo "image: program $(stat --format %s "$root/app/taggateway" | numfmt --to=si)B, everything $(du --summarize --bytes "$root" | cut -f1 | numfmt --to=si)B"
unshare --mount --net --pid --fork --kill-child --mount-proc tests/image.sh --in-namespace "$work" "$root" &
unshared=$!
wait "$unshared"
unshared=
echo "image: ok after $SECONDS s"
