# Sourced by bin/interop, never run; java.sh comes first. Finds a Node with npm, or brings both with Maven: docs/decisions/0022.

NODE_NEEDED=20.19.0
NODE_BROUGHT=22.14.0 # what the driver-bundle below has
NODE_BUNDLE=com.microsoft.playwright:driver-bundle:1.52.0
NPM_BROUGHT=11.16.0
NPM_INSTALLER=com.github.eirslett:frontend-maven-plugin:1.15.4:install-node-and-npm
NODE_HOME=$ROOT/target/node-$NODE_BROUGHT/node

is_node() {
  local version
  version=$("$1" --version 2>/dev/null) || return 1
  at_least "${version#v}" "$NODE_NEEDED"
}

# The folder of this machine's binary in the bundle; nothing where it has none.
node_platform() {
  case $(uname -s)-$(uname -m) in
    Linux-x86_64) echo linux ;;
    Linux-aarch64) echo linux-arm64 ;;
    Darwin-x86_64) echo mac ;;
    Darwin-arm64) echo mac-arm64 ;;
  esac
}

# Into target, once. The repository names no host: Maven and npm know theirs.
bring_node() {
  local platform log=$ROOT/target/node.log
  platform=$(node_platform)
  [ -n "$platform" ] && command -v mvn >/dev/null 2>&1 || return 1
  find_jdk
  find_maven
  echo "No Node $NODE_NEEDED or newer with npm on the PATH; fetching Node $NODE_BROUGHT and npm $NPM_BROUGHT with Maven (190 MB, once) ..." >&2
  mkdir -p "$ROOT/target"
  (
    set -e
    cd "$ROOT"
    "$MVN" -q -B -N org.apache.maven.plugins:maven-dependency-plugin:3.6.1:unpack -Dartifact=$NODE_BUNDLE \
      -Dmdep.unpack.includes="driver/$platform/node" -DoutputDirectory="$NODE_HOME-bundle"
    mkdir -p "$NODE_HOME"
    mv "$NODE_HOME-bundle/driver/$platform/node" "$NODE_HOME/node"
    chmod +x "$NODE_HOME/node"
    rm -rf "$NODE_HOME-bundle"
    # Finds the Node of that version in place, and adds npm from where it would get it.
    "$MVN" -q -B -N $NPM_INSTALLER -DnodeVersion=v$NODE_BROUGHT -DnpmVersion=$NPM_BROUGHT \
      -DinstallDirectory="$(dirname "$NODE_HOME")"
  ) </dev/null >"$log" 2>&1 || return 1
}

# Puts node and npm on the PATH, or returns 1.
find_node() {
  if is_node node && command -v npm >/dev/null 2>&1; then
    return 0
  fi
  if ! is_node "$NODE_HOME/node" || [ ! -d "$NODE_HOME/node_modules/npm" ]; then
    bring_node || return 1
  fi
  chmod +x "$NODE_HOME/npm"
  export PATH="$NODE_HOME:$PATH"
  is_node node && npm --version >/dev/null
}
