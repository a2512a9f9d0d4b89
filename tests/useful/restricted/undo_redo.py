# SPDX-License-Identifier: Apache-2.0
# profile: page
# Steps that can be taken back.
class Editor:
    def __init__(self):
        self.text, self._undo, self._redo = "", [], []

    def type(self, more):
        self._undo.append(self.text)
        self._redo.clear()
        self.text += more
        return self

    def undo(self):
        if self._undo:
            self._redo.append(self.text)
            self.text = self._undo.pop()
        return self

    def redo(self):
        if self._redo:
            self._undo.append(self.text)
            self.text = self._redo.pop()
        return self


e = Editor().type("a").type("b").type("c")
print(e.text, e.undo().undo().text, e.redo().text, e.type("x").redo().text)
