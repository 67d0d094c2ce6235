#!/usr/bin/env bash
# Makes what is installed: artifacts/pack/pipeline-VERSION-RID.tar.gz with the program, its pages, the manual, the unit of
# systemd and the lists of what is in it (CycloneDX), and SHA256SUMS beside it.
#
#   deploy/pack.sh [VERSION] [RID]        deploy/pack.sh 1.0.0 linux-x64
#
# Needs the .NET 10 SDK, Node 20.19 or later and the package registries. The same sources make the same archive.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

version=${1:-0.1.0}
rid=${2:-linux-x64}
name=pipeline-$version-$rid
out=artifacts/pack
# The archive bears the time of the last change, not of the packing.
time=$(git log -1 --format=%ct 2>/dev/null || echo 0)

rm -rf "$out/$name" "$out/$name.tar.gz"
mkdir -p "$out"
dotnet tool restore
dotnet publish api/Pipeline.Api -c Release -r "$rid" --self-contained false -p:Version="$version" -p:DebugType=none \
  -p:ContinuousIntegrationBuild=true -o "$out/$name"
mkdir -p "$out/$name/docs" "$out/$name/deploy"
cp -r docs/*.md docs/*.json docs/*.yaml "$out/$name/docs/"
cp deploy/pipeline.service "$out/$name/deploy/"
cp LICENSE CHANGELOG.md "$out/$name/"

# What the program consists of, and what the pages do.
dotnet tool run dotnet-CycloneDX api/Pipeline.Api/Pipeline.Api.csproj --runtime "$rid" --set-name pipeline --set-version "$version" \
  --output-format Json --output "$out/$name" --filename sbom-program.cdx.json
(cd web && npx --yes @cyclonedx/cyclonedx-npm@6.0.1 --package-lock-only --omit dev --output-reproducible \
  --output-format JSON --output-file "../$out/$name/sbom-pages.cdx.json")

tar --sort=name --mtime="@$time" --owner=0 --group=0 --numeric-owner -C "$out" -cf - "$name" | gzip -n -9 > "$out/$name.tar.gz"
(cd "$out" && sha256sum "$name.tar.gz" > SHA256SUMS)
echo "$out/$name.tar.gz"
cat "$out/SHA256SUMS"
