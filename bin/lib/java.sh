# Sourced by the scripts beside it, never run. Finds the repository, a JDK 25 and a Maven, and says
# what to do where there is none. Keeps to bash 3.2, which is what macOS has.

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)

fail() {
  printf '%s\n' "$@" >&2
  exit 1
}

# The major version of the JDK in a folder, read from its `release` file; nothing where there is none.
jdk_version() {
  [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 0
  sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release"
}

jdk_candidates() {
  [ -z "${JAVA_HOME:-}" ] || printf '%s\n' "$JAVA_HOME"
  if command -v java >/dev/null 2>&1; then
    java_real=$(command -v java)
    while [ -L "$java_real" ]; do
      java_link=$(readlink "$java_real")
      case $java_link in
        /*) java_real=$java_link ;;
        *) java_real=$(dirname "$java_real")/$java_link ;;
      esac
    done
    dirname "$(dirname "$java_real")"
  fi
  for folder in \
    /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home "$HOME"/Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    "${SDKMAN_DIR:-$HOME/.sdkman}"/candidates/java/* "$HOME"/.jdks/*; do
    [ ! -d "$folder" ] || printf '%s\n' "$folder"
  done
  [ ! -x /usr/libexec/java_home ] || /usr/libexec/java_home -v 25 2>/dev/null || true
}

# Sets and exports JAVA_HOME.
find_jdk() {
  local folder found=""
  while IFS= read -r folder; do
    if [ "$(jdk_version "$folder")" = 25 ]; then
      found=$folder
      break
    fi
  done < <(jdk_candidates)
  [ -n "$found" ] || fail \
    "Credmill needs a JDK 25, and none was found (looked at JAVA_HOME, the PATH, the usual JVM folders and SDKMAN)." \
    "Install one, for example with SDKMAN: sdk install java 25-tem; or from https://adoptium.net/temurin/releases/?version=25" \
    "If you have one elsewhere: JAVA_HOME=/path/to/jdk-25 $0"
  JAVA_HOME=$found
  export JAVA_HOME
}

# Whether version $1 is at least version $2.
at_least() {
  awk -v have="$1" -v want="$2" 'BEGIN {
    n = split(want, w, "."); split(have, h, ".")
    for (i = 1; i <= n; i++) { if (h[i] + 0 > w[i] + 0) exit 0; if (h[i] + 0 < w[i] + 0) exit 1 }
    exit 0 }'
}

# Sets MVN, the Maven to call. find_jdk comes first.
find_maven() {
  local version newer=3.9.11 home=$ROOT/target/maven/apache-maven-3.9.11
  MVN=$(command -v mvn || true)
  [ -n "$MVN" ] || fail \
    "Credmill is built with Maven, and there is no mvn on the PATH." \
    "Install it with your package manager (apt install maven, brew install maven) or from https://maven.apache.org/download.cgi"
  version=$("$MVN" -v 2>/dev/null | sed -n 's/.*Apache Maven \([0-9][0-9.]*\).*/\1/p' | head -n 1)
  if ! at_least "${version:-0}" 3.8.7; then
    if [ ! -f "$home/bin/mvn" ]; then
      echo "Maven ${version:-(of an unknown version)} is too old; fetching $newer with it." >&2
      (cd "$ROOT/bin" && "$MVN" -q -B org.apache.maven.plugins:maven-dependency-plugin:3.6.1:unpack \
        -Dartifact=org.apache.maven:apache-maven:$newer:zip:bin -DoutputDirectory="$ROOT/target/maven") >&2 ||
        fail "Maven $newer could not be fetched. Install Maven 3.9 or newer and put it on the PATH."
      chmod +x "$home/bin/mvn"
    fi
    MVN=$home/bin/mvn
  fi
}

# is_stale STAMP MODULE ...: whether a source of the modules changed after a build of them began, when
# the stamp was set. A folder is newer when a file in it went away.
is_stale() {
  local stamp=$1 module sources
  [ -f "$stamp" ] || return 0
  shift
  cd "$ROOT"
  for module in "$@"; do
    set -- "$@" "$module/pom.xml" "$module/src/main"
    shift
  done
  sources=$(find pom.xml "$@" -newer "$stamp" 2>/dev/null || true)
  cd - >/dev/null
  [ -n "$sources" ]
}

# Maven on this repository, quiet; its output is kept and shown only when it fails.
build() {
  local log
  mkdir -p "$ROOT/target"
  log=$ROOT/target/build.log
  if ! (cd "$ROOT" && "$MVN" -q -B "$@") </dev/null >"$log" 2>&1; then
    tail -n 80 "$log" >&2
    fail "" "The build failed; all of its output is in ${log#"$ROOT"/}."
  fi
}
