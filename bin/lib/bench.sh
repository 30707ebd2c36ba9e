# Sourced by bin/bench, bin/chaos and bin/aot-cache, never run: packages the services and runs a program of the
# module bench beside them.
. "$(dirname "${BASH_SOURCE[0]}")/java.sh"

BENCH_SERVICES="schema-registry batch-api issuance-worker notification-worker"
BENCH_MODULES="contracts certificate backing $BENCH_SERVICES bench"

# Whether there is everything that a class of the bench is run with.
is_built() {
  local service
  [ -f "$ROOT/bench/target/classes/${1//.//}.class" ] && [ -d "$ROOT/bench/target/lib" ] || return 1
  for service in $BENCH_SERVICES; do
    [ -f "$ROOT/$service/target/quarkus-app/quarkus-run.jar" ] || return 1
  done
}

# run_bench CLASS [ARGUMENT ...]
run_bench() {
  local program=$1 stamp=$ROOT/bench/target/built-from help=false
  shift
  find_jdk
  case " $* " in
    *" --help "* | *" -h "*) help=true ;;
  esac
  # A build would make the services' jars anew, and void the AOT caches that were made with them.
  # shellcheck disable=SC2086
  if ! is_built "$program" || { ! $help && is_stale "$stamp" $BENCH_MODULES; }; then
    find_maven
    echo "Building ..." >&2
    mkdir -p "$(dirname "$stamp")"
    touch "$stamp.next"
    build -pl bench -am package -DskipTests -Dspotless.apply.skip=true -Dspotless.check.skip=true
    mv "$stamp.next" "$stamp"
  fi
  exec "$JAVA_HOME/bin/java" -Xmx1g --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
    -Djava.awt.headless=true "-Dbench.root=$ROOT" \
    -cp "$ROOT/bench/target/classes:$ROOT/bench/target/lib/*" "$program" "$@"
}
