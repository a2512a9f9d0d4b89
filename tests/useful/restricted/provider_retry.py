# SPDX-License-Identifier: Apache-2.0
# profile: provider
# Workflow: try again with growing pauses (which are computed, not slept).
class Flaky(Exception):
    pass


def retry(attempts, base):
    def decorate(f):
        def run(*args):
            pauses = []
            for n in range(attempts):
                try:
                    return f(*args), pauses
                except Flaky as e:
                    last = e
                    pauses.append(base * 2 ** n)
            raise last

        return run

    return decorate


answers = iter([None, None, "fine"])


@retry(attempts=4, base=0.5)
def fetch():
    answer = next(answers, None)
    if answer is None:
        raise Flaky("no answer")
    return answer


print(fetch())
try:
    fetch()
except Flaky as e:
    print("gave up:", e)
