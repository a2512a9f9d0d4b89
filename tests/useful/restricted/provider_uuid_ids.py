# SPDX-License-Identifier: Apache-2.0
# profile: provider
# Workflow: stable identifiers from names.
import uuid

SHOP = uuid.uuid5(uuid.NAMESPACE_URL, "https://shop.example.com/")
ids = {name: str(uuid.uuid5(SHOP, name)) for name in ("tea", "cake")}
print(ids, uuid.UUID(ids["tea"]).version, len({uuid.uuid4() for _ in range(50)}))
