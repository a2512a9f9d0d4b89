# SPDX-License-Identifier: Apache-2.0
# profile: provider
# Workflow: mail addresses, links, amounts out of free text.
import re

text = """Dear Ann, invoice #2024-117 of EUR 1,250.50 is due on 2024-06-30.
Pay at https://pay.example.com/i/117?x=1 or write to billing@example.com, cc: boss@example.org."""
print(re.findall(r"[\w.+-]+@[\w-]+\.\w+", text))
print(re.findall(r"https?://[^\s]+", text))
amount = re.search(r"EUR\s([\d,]+\.\d\d)", text)
print(float(amount[1].replace(",", "")), re.search(r"#(\d{4})-(\d+)", text).groups())
print(re.sub(r"\b(\d{4})-(\d\d)-(\d\d)\b", r"\3.\2.\1", text).splitlines()[0])
