"""Reviews cards with PyPI's fsrs, without fuzzing and without learning steps.

Standard input: a history a line, reviews separated by blanks, each `RATING@MILLISECONDS` since 2026-01-01.
Standard output: for each review `STABILITY DIFFICULTY DAYS` (the interval), a history a line.
`--check` only tells by its exit status whether fsrs 6 is installed.
`--random COUNT SEED` writes histories of chance in that form.
"""
import random
import sys
from datetime import datetime, timedelta, timezone
from importlib.metadata import version


def histories(count, seed):
    chance = random.Random(seed)
    for _ in range(count):
        now, reviews = chance.randrange(86_400_000), []
        rating = chance.choices([1, 2, 3, 4], [4, 2, 6, 1])[0]
        for _ in range(chance.randint(1, 14)):
            reviews.append(f"{rating}@{now}")
            rating = chance.choices([1, 2, 3, 4], [chance.randint(1, 6), 2, 6, 1])[0]
            kind = chance.random()
            if kind < 0.2:
                now += chance.randrange(60_000, 86_400_000)
            elif kind < 0.25:
                now += 86_400_000 * chance.randint(1, 3) + chance.choice([-1, 0, 1])
            else:
                now += int(86_400_000 * 10 ** chance.uniform(0, 2.7))
        yield " ".join(reviews)


def main():
    if "--check" in sys.argv:
        sys.exit(0 if version("fsrs").startswith("6.") else 1)
    if "--random" in sys.argv:
        for line in histories(int(sys.argv[2]), int(sys.argv[3])):
            print(line)
        return
    from fsrs import Card, Rating, Scheduler

    scheduler = Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)
    epoch = datetime(2026, 1, 1, tzinfo=timezone.utc)
    for line in sys.stdin:
        card, results = Card(card_id=1), []
        for review in line.split():
            rating, milliseconds = review.split("@")
            time = epoch + timedelta(milliseconds=int(milliseconds))
            card, _ = scheduler.review_card(card, Rating(int(rating)), time)
            results.append(f"{card.stability!r} {card.difficulty!r} {(card.due - time).days}")
        print(" ".join(results))


main()
