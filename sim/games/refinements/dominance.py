"""Who could have sent an unsent signal? The intuitive criterion and D1, for two sender types.

Both ask which type is the less likely sender of a signal that nobody sends, and whether certainty about the other type
leaves a best response that deters both.
"""

from __future__ import annotations

import numpy as np

from sim.games.closed_form.response_path import Bools
from sim.games.game import Floats
from sim.games.refinements.attainable import Attainable, some_response


def struck_out(gain: Floats, options: Attainable, tolerance: Floats) -> tuple[Bools, Bools]:
    """Return the type that each refinement strikes out as the sender of an unsent signal.

    The intuitive criterion [1]_ strikes out a type that no best response makes as well off as in the equilibrium, D1
    [1]_, [2]_ also one for which every best response that makes it at least as well off makes the other type better
    off, if some best response does that.

    Shapes: gain (v, t, r), tolerance (r,) → intuitive, d1 (t, r).

    References
    ----------
    .. [1] Cho, I.-K. and Kreps, D. M. (1987), "Signaling games and stable equilibria", Quarterly Journal of Economics
       102(2), 179-221, doi:10.2307/1885060.
    .. [2] Banks, J. S. and Sobel, J. (1987), "Equilibrium selection in signaling games", Econometrica 55(3), 647-661,
       doi:10.2307/1913604.
    """
    loses = np.all(gain < -tolerance, axis=0)
    tempted = np.any(gain > tolerance, axis=0)
    willing, unmoved = gain + tolerance, tolerance - gain
    alone = [some_response(willing[:, t], unmoved[:, 1 - t], options) for t in (0, 1)]
    return loses, ~np.stack(alone) & tempted[::-1]


def certainty_deters(gain: Floats, options: Attainable, tolerance: Floats) -> Bools:
    """Return whether certainty that the sender is type t leaves a best response that deters both types: (t, r).

    Shapes: → (t, r).
    """
    unmoved = tolerance - gain
    return np.stack([some_response(unmoved[:, 0], unmoved[:, 1], options, (t, t)) for t in (0.0, 1.0)])
