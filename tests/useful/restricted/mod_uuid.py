# SPDX-License-Identifier: Apache-2.0
# profile: classroom
# Identifiers.
import uuid

u = uuid.UUID("12345678-1234-5678-1234-567812345678")
print(u, u.hex, u.int, u.version, u.urn, u.bytes[:2], u.fields[0], u.variant == uuid.RFC_4122, u == uuid.UUID(int=u.int), u.node, u.time_low)
print(uuid.uuid5(uuid.NAMESPACE_DNS, "example.com"), uuid.uuid3(uuid.NAMESPACE_URL, "https://example.com"), uuid.uuid4().version, len(str(uuid.uuid4())), uuid.NAMESPACE_OID, uuid.NAMESPACE_X500)
print(u.is_safe is uuid.SafeUUID.unknown, uuid.RESERVED_NCS, uuid.RESERVED_MICROSOFT, uuid.RESERVED_FUTURE, sorted([uuid.UUID(int=2), uuid.UUID(int=1)])[0])
try:
    uuid.UUID("no")
except ValueError as e:
    print(e)
