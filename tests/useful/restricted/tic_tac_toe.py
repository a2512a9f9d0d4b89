# SPDX-License-Identifier: Apache-2.0
# profile: page
# Who has won?
LINES = [(0, 1, 2), (3, 4, 5), (6, 7, 8), (0, 3, 6), (1, 4, 7), (2, 5, 8), (0, 4, 8), (2, 4, 6)]


def winner(board):
    for a, b, c in LINES:
        if board[a] == board[b] == board[c] != ".":
            return board[a]
    return "draw" if "." not in board else None


for board in ("XO.OX.O.X", "XOXOXOOXO", "O..XOXX.O", "X........"):
    print(board[:3], board[3:6], board[6:], winner(board))
