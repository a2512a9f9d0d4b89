# SPDX-License-Identifier: Apache-2.0
"""Write an e-mail with an attachment, and read it back as a mail program would."""

from datetime import datetime, timezone
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from pathlib import Path

WIRE = policy.SMTP.clone(cte_type="7bit")  # for servers that take ASCII alone


def compose():
    message = EmailMessage(policy=WIRE)
    message["From"] = "Zoë Müller <zoe@example.org>"
    message["To"] = "team@example.org, Ken <ken@example.org>"
    message["Subject"] = "Ergebnis für März – bitte prüfen"
    message["Date"] = format_datetime(datetime(2024, 4, 2, 9, 30, tzinfo=timezone.utc))
    message.set_content("Hello,\n\nthe figures are attached.\n\nZoë\n")
    message.add_alternative(
        "<p>Hello,<br>the figures are <b>attached</b>.</p>", subtype="html"
    )
    message.add_attachment(
        b"month,total\nmarch,1200\n", maintype="text", subtype="csv", filename="march.csv"
    )
    message.set_boundary("outer-part")
    next(message.iter_parts()).set_boundary("inner-part")
    return message


def main():
    raw = compose().as_bytes()
    Path("message.eml").write_bytes(raw)
    print("ASCII only:", raw.isascii(), "| line ends:", b"\r\n" in raw)

    message = message_from_bytes(raw, policy=policy.default)
    print("subject:", message["Subject"])
    print("from:", parseaddr(str(message["From"])))
    print("to:", [address.addr_spec for address in message["To"].addresses])
    print("date:", message["Date"].datetime.isoformat())
    for part in message.walk():
        depth = "  " if part.get_content_maintype() != "multipart" else ""
        print(f"{depth}{part.get_content_type()} {part.get_filename() or ''}".rstrip())
    body = message.get_body(preferencelist=("plain", "html"))
    print("body:", body.get_content().splitlines())
    for attachment in message.iter_attachments():
        print("attached:", attachment.get_filename(), attachment.get_content().split())


if __name__ == "__main__":
    main()
