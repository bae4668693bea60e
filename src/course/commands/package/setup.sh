#!/usr/bin/env bash
# Runs once, when the image is made: Rust, and the judge built before any submission is there.
set -euo pipefail
root="${AUTOGRADER_ROOT:-/autograder}"

if ! command -v cargo >/dev/null; then
    apt-get update
    apt-get install -y curl gcc
    curl --proto '=https' --tlsv1.2 -sSf https://sh.rustup.rs | sh -s -- -y --profile minimal
    export PATH="$HOME/.cargo/bin:$PATH"
fi
cd "$root/source/kit"
cargo build --offline --bins --examples
cargo test --offline --profile verify --no-run --test judge
