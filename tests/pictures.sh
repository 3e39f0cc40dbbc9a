# Draw the pictures of the docs from the demo's workbook: a page of each sheet that they show.
# Beside them the page of the same audit, as a laptop shows it first. Needs LibreOffice, poppler-utils and Chromium
# (Debian, Ubuntu: apt-get install libreoffice-calc poppler-utils chromium).
set -eu
book=${1:-demo/demo.xlsx}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Print a workbook into the folder of that name.
print_book() {
  mkdir -p "$work/$2"
  # A home of its own, as LibreOffice refuses a second start in one that is in use.
  HOME="$work" soffice --headless --convert-to pdf --outdir "$work/$2" "$1" >/dev/null
  pdf="$work/$2/$(basename "$1" .xlsx).pdf"
  pages=$(pdfinfo "$pdf" | sed -n 's/^Pages: *//p')
}

# The first page whose foot names the sheet: the foot holds it between two other parts.
page_of() {
  for number in $(seq "$pages"); do
    if pdftotext -layout -f "$number" -l "$number" "$pdf" - | tail -4 | grep -qE "  $1( |\$)"; then
      echo "$number"
      return
    fi
  done
  echo "$book has no sheet $1" >&2
  return 1
}

# Say how large a picture is, and refuse one that a reader on the road would wait for.
weigh() {
  bytes=$(wc -c <"docs/pictures/$1.png")
  echo "docs/pictures/$1.png: $2, $bytes bytes"
  [ "$bytes" -le 153600 ] || { echo "larger than 150 KB" >&2; exit 1; }
}

# Draw a sheet, so many lines of it and under that name: what is below is more of the same, and then the foot.
draw() {
  page=$(page_of "$1")
  pdftoppm -r 84 -f "$page" -l "$page" -x 20 -y 20 -W 944 -H "$2" -png -singlefile "$pdf" "docs/pictures/$3"
  weigh "$3" "page $page"
}

print_book "$book" demo
draw Summary 610 summary
draw Channels 610 channels
draw Topics 490 topics
draw Cadence 610 cadence
draw Actions 260 actions
draw "Fill in" 450 fill-in

# The matrix of a demo in which somebody has filled in what robots may not read, and saved two pages.
mkdir "$work/filled"
.venv/bin/python -m tests.filled_demo "$work/filled" >/dev/null 2>&1
print_book "$work/filled/demo.xlsx" filled
draw Channels 610 filled-in

.venv/bin/audit report "$(dirname "$book")/competitors.yaml" --format html --output "$work/page.html" >/dev/null 2>&1 || [ $? = 1 ]  # not all of the demo can be read
HOME="$work" chromium --headless --no-sandbox --disable-gpu --hide-scrollbars --window-size=1120,860 \
  --user-data-dir="$work/browser" --screenshot="docs/pictures/page.png" "file://$work/page.html" 2>/dev/null
weigh page "the first 860 lines"
