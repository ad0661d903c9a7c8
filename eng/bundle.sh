#!/bin/bash
# Makes the archive that is carried into a Safe Haven: eng/bundle.sh OUT [linux-x64|linux-arm64]
# Writes OUT/smi-VERSION-MACHINE.tar.gz and its checksum. The same commit gives the same bytes, wherever it is built and however often.
# Needs, beside the .NET SDK: git, jq, patchelf, and a Debian with apt (the native libraries are Debian's own).
set -euo pipefail

root=$(dirname "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")")
[ $# -ge 1 ] || { sed -n '2,4s/^# //p' "$0" >&2; exit 1; }
for tool in dotnet git jq patchelf apt-get apt-cache dpkg-deb; do
  command -v "$tool" > /dev/null || { echo "bundle: $tool is needed" >&2; exit 1; }
done

out=$(mkdir -p "$1" && readlink -f "$1")
machine=${2:-linux-x64}
case $machine in
  linux-x64) debian=amd64 triplet=x86_64-linux-gnu ;;
  linux-arm64) debian=arm64 triplet=aarch64-linux-gnu ;;
  *) echo "bundle: linux-x64 or linux-arm64" >&2; exit 1 ;;
esac
version=$(sed -nE 's/.*<VersionPrefix>(.*)<.*/\1/p' "$root/Directory.Build.props")
# The time of everything inside is that of the commit.
SOURCE_DATE_EPOCH=$(git -C "$root" log -1 --format=%ct)
export SOURCE_DATE_EPOCH
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
folder=$work/smi-$version-$machine
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_GENERATE_ASPNET_CERTIFICATE=false NUGET_CERT_REVOCATION_MODE=offline MSBUILDTERMINALLOGGER=off

# Sources are copied to a folder of one name and built from nothing, so that neither paths nor earlier builds can be seen in the result.
publish() {
  git -C "$root" archive --prefix=source/ HEAD | tar -x -C "$work"
  (cd "$work/source" && dotnet publish src/Smi/Smi.csproj -c Release -r "$machine" --self-contained -p:PublishReadyToRun=true \
    -p:ContinuousIntegrationBuild=true -p:DebugType=none "-p:PathMap=$work/source=/smi" --disable-build-servers -v quiet -o "$folder/lib")
  find "$folder/lib" -name '*.xml' -delete
}

copy_files() {
  cp -r "$work/source/config" "$work/source/docs" "$work/source"/{LICENSE,NOTICE,CHANGELOG.md,GLOSSARY.md} "$folder/"
  cp "$work/source/eng/bundle"/{smi,README.md,Containerfile} "$folder/"
  mkdir -p "$folder/systemd"
  cp "$work/source/eng/bundle/smi@.service" "$folder/systemd/"
}

# A package index of its own: another architecture than this machine's, and nothing of this machine is changed.
apt_for_machine() {
  local tool=$1 state=$work/apt
  shift
  mkdir -p "$state"/{lists/partial,archives/partial}
  [ -f "$state/status" ] || : > "$state/status"
  "$tool" -q -o "APT::Architecture=$debian" -o "APT::Architectures=$debian" -o "Dir::State=$state" -o "Dir::State::lists=$state/lists" \
    -o "Dir::State::status=$state/status" -o "Dir::Cache=$state" -o "Dir::Cache::archives=$state/archives" -o APT::Sandbox::User=root "$@"
}

# What a package needs, less what every Debian has.
closure() {
  apt_for_machine apt-cache depends --recurse --no-recommends --no-suggests --no-conflicts --no-breaks --no-replaces --no-enhances "$@" | grep -E '^[a-z]' | sort -u > "$work/wanted"
  apt_for_machine apt-cache dumpavail | awk '/^Package: /{name=$2} /^Priority: required|^Essential: yes/{print name}' | sort -u > "$work/required"
  xargs apt-cache -o "Dir::State=$work/apt" -o "Dir::State::lists=$work/apt/lists" -o "Dir::State::status=$work/apt/status" -o "APT::Architecture=$debian" -o "APT::Architectures=$debian" \
    depends --recurse --no-recommends --no-suggests --no-conflicts --no-breaks --no-replaces --no-enhances < "$work/required" | grep -E '^[a-z]' | sort -u > "$work/present"
  comm -23 "$work/wanted" "$work/present"
}

# The copyright file of an unpacked package; some keep it with a sister package, to whose folder theirs is a link.
copyright() {
  local documents=$work/debian/$1/usr/share/doc/$1 sister
  mkdir -p "$folder/licences/debian"
  if [ -L "$documents" ]; then
    sister=$(basename "$(readlink "$documents")")
    (cd "$work/apt/archives" && apt_for_machine apt-get download "$sister" > /dev/null 2>&1)
    mkdir -p "$work/sister"
    dpkg-deb -x "$work/apt/archives/$sister"_*.deb "$work/sister"
    rm "$work/apt/archives/$sister"_*.deb
    documents=$work/sister/usr/share/doc/$sister
  fi
  cp -L "$documents/copyright" "$folder/licences/debian/$1"
}

# take GROUP PACKAGE…: the shared libraries of these packages and of all they need, into native/GROUP; each finds the others beside it.
take() {
  local group=$1 package
  shift
  mkdir -p "$folder/native/$group"
  for package in $(closure "$@"); do
    (cd "$work/apt/archives" && apt_for_machine apt-get download "$package" > "$work/download.log" 2>&1) || { cat "$work/download.log" >&2; exit 1; }
    mkdir -p "$work/debian/$package"
    dpkg-deb -x "$work/apt/archives/$package"_*.deb "$work/debian/$package"
    find "$work/debian/$package/usr/lib/$triplet" "$work/debian/$package/lib/$triplet" -maxdepth 1 -name '*.so.*' -exec cp -a {} "$folder/native/$group/" \; 2> /dev/null || true
    copyright "$package"
    printf '%s\t%s\n' "$package" "$(dpkg-deb -f "$work/apt/archives/$package"_*.deb Version)" >> "$work/debian.tsv"
    rm "$work/apt/archives/$package"_*.deb
  done
  find "$folder/native/$group" -type f -name '*.so.*' -exec patchelf --set-rpath '$ORIGIN' {} +
}

native_libraries() {
  apt_for_machine apt-get update > "$work/update.log" 2>&1 || { cat "$work/update.log" >&2; exit 1; }
  take openssl libssl3
  take tesseract libtesseract5
  mkdir -p "$folder/native/tesseract/tessdata"
  (cd "$work/apt/archives" && apt_for_machine apt-get download tesseract-ocr-eng > /dev/null 2>&1)
  mkdir -p "$work/debian/tesseract-ocr-eng"
  dpkg-deb -x "$work/apt/archives"/tesseract-ocr-eng_*.deb "$work/debian/tesseract-ocr-eng"
  cp "$work/debian/tesseract-ocr-eng/usr/share/tesseract-ocr/5/tessdata/eng.traineddata" "$folder/native/tesseract/tessdata/"
  copyright tesseract-ocr-eng
  printf '%s\t%s\n' tesseract-ocr-eng "$(dpkg-deb -f "$work/apt/archives"/tesseract-ocr-eng_*.deb Version)" >> "$work/debian.tsv"
}

# CycloneDX of the NuGet packages, with the .NET runtime and Debian's packages added; no serial number and no time, which would differ from build to build.
bill_of_materials() {
  (cd "$work/source" && dotnet tool restore > "$work/tool.log" 2>&1 && dotnet tool run dotnet-CycloneDX src/Smi/Smi.csproj --recursive --base-intermediate-output-path "$work/source/artifacts" --disable-package-restore --no-serial-number \
    --output-format Json --output "$work" --filename nuget.json --set-name smi --set-version "$version" --set-type Application > "$work/sbom.log" 2>&1) || { cat "$work/tool.log" "$work/sbom.log" >&2; exit 1; }
  jq --sort-keys --rawfile debian "$work/debian.tsv" --slurpfile runtime "$folder/lib/smi.runtimeconfig.json" '
    del(.serialNumber, .metadata.timestamp)
    | .components |= (map(select(.name != "Microsoft.CodeAnalysis.BannedApiAnalyzers")) | sort_by(.purl // .name))
    | .components += [$runtime[0].runtimeOptions.includedFrameworks[] | { type: "framework", name: "\(.name).Runtime.'"$machine"'", version: .version, purl: "pkg:nuget/\(.name).Runtime.'"$machine"'@\(.version)" }]
    | .components += ($debian | split("\n") | map(select(. != "") | split("\t") | {
        type: "library", name: .[0], version: .[1], purl: "pkg:deb/debian/\(.[0])@\(.[1])?arch='"$debian"'" }) | unique)' "$work/nuget.json" > "$folder/sbom.cdx.json"
}

# The licence files that the packages bring, and for the others the expression of their manifest.
licences() {
  local id version home
  jq -r '.components[] | select(.purl // "" | startswith("pkg:nuget/")) | "\(.name)\t\(.version)"' "$folder/sbom.cdx.json" | while IFS=$'\t' read -r id version; do
    home=${NUGET_PACKAGES:-$HOME/.nuget/packages}/${id,,}/$version
    mkdir -p "$folder/licences/nuget/$id"
    find "$home" -maxdepth 1 -iname '*licen[sc]e*' -type f -exec cp {} "$folder/licences/nuget/$id/" \;
    find "$home" -maxdepth 1 -iname '*notice*' -type f -exec cp {} "$folder/licences/nuget/$id/" \;
    sed -nE 's/.*<license type="expression">(.*)<\/license>.*/\1/p; s/.*<licenseUrl>(.*)<\/licenseUrl>.*/\1/p' "$home"/*.nuspec | head -n 1 > "$folder/licences/nuget/$id/EXPRESSION"
  done
}

pack() {
  local name=smi-$version-$machine.tar.gz
  find "$folder" -type d -exec chmod 755 {} + -o -type f -exec chmod 644 {} +
  chmod 755 "$folder/smi" "$folder/lib/smi"
  (cd "$folder" && find . -type f ! -name SHA256SUMS | sort | sed 's|^\./||' | xargs -d '\n' sha256sum > SHA256SUMS)
  tar -C "$work" --sort=name --owner=0 --group=0 --numeric-owner --mtime="@$SOURCE_DATE_EPOCH" --format=gnu -c "smi-$version-$machine" | gzip -n -6 > "$out/$name"
  (cd "$out" && sha256sum "$name" | tee "$name.sha256")
}

publish
copy_files
native_libraries
bill_of_materials
licences
pack
