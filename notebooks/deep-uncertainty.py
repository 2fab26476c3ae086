# %% [markdown] slideshow={"slide_type": "slide"}
# # Guess first
#
# Nobody knows how much risk Russia would run, what allies would do, or what France's word is worth. Each such number is
# a range, and each draw from all the ranges is a world that the evidence allows.
#
# Write down four answers. Then show hands.
#
# 1. Of 100 such worlds, in how many is ambiguity best for France? And a promise? And ruling the trainers out?
# 2. Which single number moves strikes the most?
# 3. Does the leader still lead if the worst case that Russia fears is a *war*, however unlikely, and not a *resolute
#    France*?
# 4. You may find out one thing before the president speaks. Which?

# %% slideshow={"slide_type": "slide"}
# Two kinds of not knowing. More draws make the computer surer of its mean. They make nobody surer of the world.
# %matplotlib inline
import matplotlib.style
from IPython.display import display

import sim

matplotlib.style.use(sim.figures.STYLE)  # text that can be read from the back row
scenario = sim.load_scenario("macron-2024")
for result in (sim.run(scenario, draws=1024), sim.run(scenario, draws=65_536)):
    hit = result.doctrine["ambiguous"]["casualties"]
    print(f"{result.draws:6,} draws: soldiers hit in {100 * hit['mean']:.2f} of 100 crises")
    print(f"  the computer: standard error {100 * hit['se']:.2f}")
    print(f"  the world:    {100 * hit['q05']:.0f} to {100 * hit['q95']:.0f} of 100 in nine draws of ten")
display(sim.figures.ladder(result).figure, metadata={"image/png": {"alt": sim.figures.ladder_alt_text(result)}})

# %% [markdown] slideshow={"slide_type": "notes"}
# The standard error shrinks, the range stays. Say: "A number with many digits is not a number that is known."
#
# Pale bars are the range over worlds. They overlap, and yet the means may differ: hold both thoughts.

# %% slideshow={"slide_type": "slide"}
# What drives it? Each number goes from its low to its high value, all others vary on.
drivers = sim.sensitivity(scenario, points=1024)
display(
    sim.figures.tornado(drivers).figure,
    metadata={"image/png": {"alt": sim.figures.tornado_alt_text(drivers, "strike")}},
)

# %% [markdown] slideshow={"slide_type": "notes"}
# The second guess. On top stands what a strike that finds nobody costs Russia: is an empty site worth a missile?
#
# A driver of what is uncertain is no lever. And these are strikes: what drives them need not drive the choice.

# %% slideshow={"slide_type": "slide"}
# Which stance is robust? Regret: what it falls short of the best stance of the same world. And what the rules advise.
robust = sim.robustness(scenario)
for rule in ("laplace", "maximin", "trimmed_maximin", "hurwicz", "minimax_regret"):
    here, there = (each.criteria[rule].recommends for each in (robust, robust.other) if each)
    said = f"{rule:16} worst case a resolute France: {' or '.join(here):10} a war: {' or '.join(there)}"
    print(said.replace("rule_out", "rule out").replace("_", " "))
display(sim.figures.robustness(robust).figure, metadata={"image/png": {"alt": sim.figures.robustness_alt_text(robust)}})

# %% [markdown] slideshow={"slide_type": "notes"}
# The first guess, then the third. Each rule is reasonable, and each breaks an axiom that another keeps. Who goes by the
# average stays ambiguous; who fears the worst world rules trainers out. Both sentences are about the asker.
#
# Say: "A share of worlds is not a probability. It says what the evidence leaves open, not what will happen."

# %% slideshow={"slide_type": "slide"}
# Would you have modelled it so? One choice read differently in each row, the same draws.
read = sim.readings(scenario)
display(sim.figures.exposure(result).figure, metadata={"image/png": {"alt": sim.figures.exposure_alt_text(result)}})
display(sim.figures.readings(read).figure, metadata={"image/png": {"alt": sim.figures.readings_alt_text(read)}})

# %% [markdown] slideshow={"slide_type": "notes"}
# First the two readings of the worst case, then all that we could think of. Rows are choices, not a sample of them. Ask
# which row the class would defend.
#
# The reading of Russia's worst case moves strikes more than anybody's numbers do. A Russia that reckons with a war,
# however unlikely, hardly strikes at all. No draw of any number inside one reading would have told us so.

# %% slideshow={"slide_type": "slide"}
# What would you find out next? What could overturn the ranking, and what do the drivers of strikes rest on?
display(sim.figures.flips(robust).figure, metadata={"image/png": {"alt": sim.figures.flips_alt_text(robust)}})
display(
    sim.figures.sensitivity(drivers).figure,
    metadata={"image/png": {"alt": sim.figures.sensitivity_alt_text(drivers, "strike")}},
)

# %% [markdown] slideshow={"slide_type": "notes"}
# The fourth guess. Information is worth something only if it could change the choice. The strongest driver of strikes
# rests on an assumption, and yet learning it alone would not change the leader. What would change it is what the
# stances are worth in themselves, such as leadership, a free hand or quiet at home, and what allies' displeasure costs.
# No spy can find that out; it has to be argued.

# %% [markdown] slideshow={"slide_type": "slide"}
# # Exercise
#
# Change the question, the stance, and one belief:
#
# ```python
# by_hits = sim.robustness(scenario, by="casualties", draws=4096)
# promise = sim.sensitivity(scenario, doctrine="commit", points=1024)
# freer = sim.robustness(scenario.override({"signal.rule_out.stance_value": 0.1}), draws=4096)
# by_hits.ranking, promise.outputs["strike"].swings[0], freer.ranking
# ```
#
# 1. *Before you run it:* which stance leads if all that counts is that soldiers are not hit? Can any belief overturn
#    that?
# 2. France commits. Is the strongest driver of strikes still what an empty site is worth to a missile?
# 3. Ruling out is worth a little more to France than we believed. Who leads?
# 4. Write down what you would find out next, what it would cost, and which answer would change your advice.
#
# <details><summary>Answers</summary>
#
# 1. Ambiguity, and no single belief overturns it: fewer soldiers are there to be found. Ruling out is not compared,
#    since nobody is there to be hit.
# 2. No. After a promise somebody is always there to be found, so what counts is the price of the deed itself, and
#    whether France is resolute.
# 3. Ruling out. One judgement of what a stance is worth in itself decides, and it is not one about deterrence.
# 4. Yours. A good answer names a number, somebody who could know it, and the value at which your advice would turn.
#
# </details>
