# SPDX-License-Identifier: Apache-2.0
"""A program that tests itself with unittest, and reports on it."""

import io
import unittest
from unittest import mock


class Account:
    def __init__(self, owner, balance=0, notify=print):
        self.owner, self.balance, self.notify = owner, balance, notify

    def withdraw(self, amount):
        if amount <= 0:
            raise ValueError("an amount is positive")
        if amount > self.balance:
            self.notify(f"{self.owner} asked for too much")
            raise OverflowError("not enough money")
        self.balance -= amount
        return self.balance


class AccountTest(unittest.TestCase):
    def setUp(self):
        self.notify = mock.Mock()
        self.account = Account("ana", 100, self.notify)
        self.addCleanup(self.notify.reset_mock)

    def test_withdraw_lowers_the_balance(self):
        self.assertEqual(self.account.withdraw(30), 70)
        self.notify.assert_not_called()

    def test_too_much_is_refused_and_told(self):
        with self.assertRaisesRegex(OverflowError, "not enough"):
            self.account.withdraw(101)
        self.notify.assert_called_once_with("ana asked for too much")
        self.assertEqual(self.account.balance, 100)

    def test_amounts_are_positive(self):
        for amount in (0, -5):
            with self.subTest(amount=amount), self.assertRaises(ValueError):
                self.account.withdraw(amount)

    def test_printing_is_the_default(self):
        with mock.patch("builtins.print") as printed:
            Account("ben", notify=printed).notify("hello")
        printed.assert_called_once_with("hello")

    @unittest.skip("interest comes next year")
    def test_interest(self):
        self.fail("never reached")

    @unittest.expectedFailure
    def test_known_bug(self):
        self.assertAlmostEqual(Account("cy", 0.3).withdraw(0.1), 0.2, places=20)

    def test_that_fails(self):
        self.assertEqual(self.account.withdraw(1), 98)


def main():
    suite = unittest.defaultTestLoader.loadTestsFromTestCase(AccountTest)
    output = io.StringIO()
    result = unittest.TextTestRunner(output, verbosity=2).run(suite)
    failed, skipped = len(result.failures), len(result.skipped)
    print(
        f"failed {failed}, skipped {skipped}, "
        f"expected to fail {len(result.expectedFailures)}"
    )
    for test, text in result.failures:
        print(test.id().rpartition(".")[2], "->", text.strip().splitlines()[-1])
    print("named:", "test_too_much_is_refused" in output.getvalue())


if __name__ == "__main__":
    main()
