# SPDX-License-Identifier: Apache-2.0
# profile: classroom
# Tables as text.
import csv
import io

text = 'name,age,note\nAnn,12,"likes ""tea"", cake"\nBo,13,\n'
for row in csv.reader(io.StringIO(text)):
    print(row)
rows = list(csv.DictReader(io.StringIO(text)))
print(rows[0]["note"], sum(int(r["age"]) for r in rows))
out = io.StringIO()
w = csv.writer(out, delimiter=";", quoting=csv.QUOTE_MINIMAL)
w.writerow(["a", 1, "x;y"])
w.writerows([[1, 2], ['q"', None]])
print(repr(out.getvalue()))
out = io.StringIO()
d = csv.DictWriter(out, fieldnames=["x", "y"], restval="-", extrasaction="ignore", lineterminator="\n")
d.writeheader()
d.writerow({"x": 1, "z": 3})
d.writerows([{"x": 2, "y": 4}])
print(out.getvalue())
print(list(csv.reader("a\tb\n".splitlines(), csv.excel_tab)), list(csv.reader(["a b"], delimiter=" ")), csv.Sniffer().sniff("a;b\n1;2\n").delimiter, csv.Sniffer().has_header(text))


class Pipes(csv.Dialect):
    delimiter = "|"
    quotechar = "'"
    lineterminator = "\n"
    quoting = csv.QUOTE_ALL


csv.register_dialect("pipes", Pipes)
out = io.StringIO()
csv.writer(out, "pipes").writerow(["a", 1])
csv.writer(out, csv.unix_dialect, quoting=csv.QUOTE_NONNUMERIC).writerow(["a", 1])
csv.writer(out, csv.excel, quoting=csv.QUOTE_NONE, escapechar="\\").writerow(["a,b"])
print(out.getvalue(), sorted(csv.list_dialects()), csv.get_dialect("pipes").delimiter, csv.field_size_limit())
csv.unregister_dialect("pipes")
try:
    list(csv.reader(['"open'], strict=True))
except csv.Error as e:
    print("Error:", e)
