# Sourced by bin/bench, bin/chaos and bin/aot-cache, never run: packages the services and runs a program of the
# module bench beside them.
. "$(dirname "${BASH_SOURCE[0]}")/java.sh"

# run_bench CLASS [ARGUMENT ...]
run_bench() {
  local program=$1 libraries=$ROOT/bench/target/lib help=false
  shift
  find_jdk
  case " $* " in
    *" --help "* | *" -h "*) help=true ;;
  esac
  if ! $help || [ ! -d "$libraries" ]; then
    find_maven
    echo "Building ..." >&2
    build -pl bench -am package -DskipTests -Dspotless.apply.skip=true -Dspotless.check.skip=true
  fi
  exec "$JAVA_HOME/bin/java" -Xmx1g --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
    -Djava.awt.headless=true "-Dbench.root=$ROOT" \
    -cp "$ROOT/bench/target/classes:$libraries/*" "$program" "$@"
}
