"""HanTa's tagger with its innermost loops arranged anew: the same answers in a fraction of the time.

HanTa asks of every piece of a word, for each class that may follow, how probable it is: some two thousand calls a
word. Here the classes of a piece are looked up once, and what the model says of an ending is remembered. Sums are
added in HanTa's order, so that not the last digit differs.
"""

from collections.abc import Mapping, Sequence
from operator import itemgetter

import numpy as np
from HanTa.HanoverTagger import EMPTY, END_UNKNOWN, START, UNKNOWN, HanoverTagger

LOWEST = -1e6
BEAM = 3
"""So many states of each letter go on, and those within e of them."""
LONGEST_ENDING = 4
LONGEST_PIECE = 24
"""Longer pieces are as probable as these."""
SHORT_WORD, SHORT_PIECE = 4, 2
"""From words of four letters on, no piece of one or two is guessed at."""
ONE_PIECE = 4.6
"""What the guess loses that takes the whole word as one piece."""
MOST_GUESSES = 200_000

State = tuple[int, int]
Chances = dict[int, float]
Steps = Sequence[tuple[int, float]]
Row = dict[State, float]
Path = dict[State, tuple[State, int]]


class Tagger(HanoverTagger):  # type: ignore[misc]  # the library has no types
    """Says what part of speech a German word is, and takes it apart."""

    def __init__(self, file: str) -> None:
        super().__init__(file)
        self._met: dict[str, Chances] = {}
        for tag, morphemes in self.LP_m_t.items():
            for morpheme, chance in morphemes.items():
                self._met.setdefault(morpheme, {})[tag] = chance
        self._guesses: dict[tuple[str, int, bool], Chances] = {}
        self._leading: dict[int, dict[State, Steps]] = {}
        self._last: tuple[str, list[tuple[int, float]]] | None = None

    def analyze_forward(self, word: str) -> list[tuple[int, float]]:
        """Parts of speech with their chances; a word is asked for in small and in large letters one after the other."""
        last = self._last
        if last is not None and last[0] == word:
            return last[1]
        rows, _paths = self._walk(word, steps=self.LP_trans_nonfinal, strict=self.strict)
        found: Chances = {}
        for (_before, tag), chance in self._ends(rows[-1])[0].items():
            found[-tag] = np.logaddexp(found[-tag], chance) if -tag in found else chance
        listed = sorted(found.items(), key=itemgetter(1), reverse=True) or [(UNKNOWN, 0.0)]
        self._last = (word, listed)
        return listed

    def analyze_viterbi(self, word: str, targetpos: int) -> list[tuple[int, int]]:
        """The likeliest morphemes of a word of this part of speech: their classes, and where each ends."""
        for strict in (True, False):
            rows, paths = self._walk(word, steps=self._leading_to(targetpos), strict=strict)
            ends, last = self._ends(rows[-1], only=targetpos)
            if ends:
                break
        if not ends:
            return [(UNKNOWN, len(word)), (END_UNKNOWN, len(word) + 1)]
        state, end = max(ends, key=ends.__getitem__), len(word) + 1
        found = [(state[1], end)]
        state, end = last[state], len(word)
        while end > 0:
            found.append((state[1], end))
            state, end = paths[end][state]
        return found[::-1]

    def _walk(self, word: str, *, steps: Mapping[State, Steps], strict: bool) -> tuple[list[Row], list[Path]]:
        """The chances of all states at each letter, and from which state and letter each is reached best."""
        size = len(word)
        rows: list[Row] = [{(EMPTY, START): 0.0}, *({} for _ in range(size))]
        paths: list[Path] = [{} for _ in range(size + 1)]
        for begin, row in enumerate(rows):
            going = _going(row, steps=steps)
            for end in range(begin + 1, size + 1) if going else ():
                chances = self._chances(word[begin:end], size=size, strict=strict)
                if chances:
                    _extend(rows[end], paths[end], going=going, chances=chances, begin=begin)
        return rows, paths

    def _ends(self, row: Row, *, only: int | None = None) -> tuple[Row, dict[State, State]]:
        """The chances of the parts of speech, or of one alone, and the state from which each is reached best."""
        ends: Row = {}
        before: dict[State, State] = {}
        for state, chance in row.items():
            for tag, step in self.LP_trans_final.get(state, ()):
                new, total = (state[1], tag), chance + step
                if only in {None, tag} and total > ends.get(new, LOWEST):
                    ends[new], before[new] = total, state
        return ends, before

    def _leading_to(self, target: int) -> Mapping[State, Steps]:
        """The steps by which a part of speech can be reached."""
        known = self._leading.get(target)
        if known is None:
            reachable = self.reachability.get(target, frozenset())
            known = self._leading[target] = {
                state: [step for step in steps if step[0] in reachable]
                for state, steps in self.LP_trans_nonfinal.items()
            }
        return known

    def _chances(self, piece: str, *, size: int, strict: bool) -> Chances:
        """How probable a piece of the word is in each class that it can have."""
        met = self._met.get(piece)
        if strict or (size >= SHORT_WORD and len(piece) <= SHORT_PIECE):
            return met or {}
        guess = self._guess(piece, is_whole=len(piece) == size)
        return guess if met is None else guess | met

    def _guess(self, piece: str, *, is_whole: bool) -> Chances:
        """The same for a piece that nobody has met, by its length and ending."""
        length = min(len(piece), LONGEST_PIECE)
        ending = piece[-min(LONGEST_ENDING, len(piece) - 1) :] if len(piece) > 1 else ""
        key = (ending, length, is_whole)
        known = self._guesses.get(key)
        if known is None:
            loss = ONE_PIECE if is_whole else 0.0
            known = {
                tag: self.Int_t
                + rare
                + self.LP_len_t[tag][length]
                + _of_ending(self.LP_s_t[tag], ending)
                - loss
                for tag, rare in self.LP_hapax_t.items()
                if tag in self.LP_s_t
            }
            if len(self._guesses) < MOST_GUESSES:
                self._guesses[key] = known
        return known


def _of_ending(chances: Mapping[str, float], ending: str) -> float:
    """What the longest ending that the model knows is worth."""
    known = (ending[begin:] for begin in range(len(ending) + 1) if ending[begin:] in chances)
    return chances[next(known)]


def _going(row: Row, *, steps: Mapping[State, Steps]) -> list[tuple[State, float, Steps]]:
    """The states of a letter that are worth following, with where they can go."""
    bound = sorted(row.values(), reverse=True)[BEAM] - 1 if len(row) > BEAM else LOWEST
    return [
        (state, chance, steps[state]) for state, chance in row.items() if chance >= bound and state in steps
    ]


def _extend(
    row: Row, path: Path, *, going: list[tuple[State, float, Steps]], chances: Chances, begin: int
) -> None:
    """Go on from every state with one piece, and keep the best way to each state that is reached."""
    for state, chance, steps in going:
        for tag, step in steps:
            if tag in chances:
                new, total = (state[1], tag), chance + step + chances[tag]
                if total > row.get(new, LOWEST):
                    row[new], path[new] = total, (state, begin)
