#!/bin/sh
# Draws the icons of every size from unionbook.svg; needs Chromium and ImageMagick.
set -eu
cd "$(dirname "$0")"
chromium --headless --no-sandbox --disable-gpu --hide-scrollbars --default-background-color=00000000 --window-size=512,512 \
  --screenshot="$PWD/icon.png" "file://$PWD/unionbook.svg" 2>/dev/null
for size in 32 128; do
  convert icon.png -resize "${size}x${size}" -strip "PNG32:${size}x${size}.png"
done
convert icon.png -resize 256x256 -strip PNG32:256x256.png
convert icon.png -strip PNG32:icon.png
convert icon.png -define icon:auto-resize=16,24,32,48,64,256 icon.ico
