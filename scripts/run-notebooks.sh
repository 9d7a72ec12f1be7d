#!/usr/bin/env bash
# Executes every notebook headless, in a folder of its own: a failing cell fails the script. The kernel (tslab) and the
# runner (nbconvert) are installed aside, since only this needs them.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
root=$PWD
aside=$(mktemp -d)
trap 'rm -rf "$aside"' EXIT

python3 -m venv "$aside/python"
"$aside/python/bin/pip" install --quiet --disable-pip-version-check nbconvert==7.17.2 jupyter-client==8.10.0 ipykernel==7.4.0
mkdir -p "$aside/kernel" "$aside/jupyter/kernels/tslab" "$aside/out"
echo '{ "private": true }' > "$aside/kernel/package.json"
# In its folder, not by --prefix: that would also move npm's global configuration, certificates included.
(cd "$aside/kernel" && npm install --loglevel=error --no-audit --no-fund tslab@1.0.22)
cat > "$aside/jupyter/kernels/tslab/kernel.json" <<JSON
{
  "argv": ["$root/node_modules/.bin/node", "$aside/kernel/node_modules/.bin/tslab", "kernel", "--config-path", "{connection_file}"],
  "display_name": "TypeScript",
  "language": "typescript"
}
JSON

count=0
for notebook in notebooks/*.ipynb; do
  echo "executing $notebook"
  JUPYTER_PATH="$aside/jupyter" PATH="$root/node_modules/.bin:$PATH" \
    "$aside/python/bin/jupyter" nbconvert --to notebook --execute --log-level=ERROR --output-dir "$aside/out" "$notebook"
  count=$((count + 1))
done
[[ $count -gt 0 ]] || { echo "no notebook found" >&2; exit 1; }
echo "$count notebook(s) executed"
