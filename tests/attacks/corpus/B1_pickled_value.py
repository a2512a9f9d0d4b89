# SPDX-License-Identifier: Apache-2.0
"""Hand over values that run code when somebody unpickles them: as the value, as an
exception, as bytes.

class: B1
effect: the canary directory has a new entry, which nobody in the cell can make
always: values cross in one tagged form, which is read without making objects
"""
import pickle


class Gift(Exception):
    def __reduce__(self):
        return os.mkdir, (T["paths"]["open"] + "/unpickled",)


print(pickle.dumps(Gift()))
gift = [Gift(), pickle.dumps(Gift())]
gift
