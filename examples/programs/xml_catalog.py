# SPDX-License-Identifier: Apache-2.0
"""Read a catalogue in XML, ask it questions, change it and write it back."""

import xml.etree.ElementTree as ET

DUBLIN = {"dc": "http://purl.org/dc/elements/1.1/"}


def show(book):
    authors = ", ".join(author.text for author in book.findall("dc:creator", DUBLIN))
    title = book.findtext("dc:title", namespaces=DUBLIN)
    print(f"{book.get('id')}: {title} ({authors}), {book.findtext('price')}")


def main():
    tree = ET.parse("catalog.xml")
    root = tree.getroot()
    for book in root.iter("book"):
        show(book)

    prices = [float(price.text) for price in root.iterfind("./book/price")]
    print(f"{len(prices)} books, {sum(prices):.2f} in all")
    print("in stock:", [book.get("id") for book in root.findall("book[@stock='yes']")])

    for price in root.iter("price"):
        price.text = f"{float(price.text) * 0.9:.2f}"
        price.set("was", "list")
    added = ET.SubElement(root, "book", id="b9", stock="no")
    ET.SubElement(added, f"{{{DUBLIN['dc']}}}title").text = "Salt & <Pepper>"
    ET.SubElement(added, "price").text = "5.00"
    root.remove(root.find("book[@id='b2']"))

    ET.register_namespace("dc", DUBLIN["dc"])
    ET.indent(tree)
    tree.write("sale.xml", encoding="utf-8", xml_declaration=True)
    with open("sale.xml", encoding="utf-8") as file:
        print(file.read())

    try:
        ET.fromstring("<a><b></a>")
    except ET.ParseError as error:
        print("a broken document is refused:", error)


if __name__ == "__main__":
    main()
