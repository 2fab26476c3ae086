# %% [markdown]
# # Guess first
#
# June 2024. France thinks aloud about military trainers for Ukraine. It can **rule them out**, **stay ambiguous**, or **commit** in public.
#
# Russia may strike the trainers, or hold. It does not know whether France would stand firm over its dead, or fold.
# France does not know how much risk Russia would run.
#
# Now imagine 100 such crises in which France must commit, whatever its nerve. Write down three numbers, then show hands:
#
# 1. In how many of them does Russia strike?
# 2. In how many do French soldiers die?
# 3. In how many do NATO and Russia end at war?
#
# And a fourth: **does ambiguity deter better than a promise?**

# %%
# From claim to number. The article never gives one. It gives a word; a published scale turns the word into a range.
# Say: "This is where judgement enters. Nowhere else."
# %matplotlib inline
import sim
from sim.study.evidence import load_register

scenario = sim.load_scenario("macron-2024")
claim = load_register()["allies-unlikely-to-confront"]
entry = scenario.entries["signal.commit.ally_backing"]

print(f"claim, paragraph {claim.paragraph}: {claim.claim}")
print(f"the word it uses: {claim.wording}   it {claim.direction}: {claim.note}\n")
print(f"parameter: signal.commit.ally_backing   {entry.distribution.describe()}")
for share, value in zip((5, 25, 50, 75, 95), entry.distribution.quantile([0.05, 0.25, 0.5, 0.75, 0.95]), strict=True):
    print(f"{share:3} % of our belief lies below {value:.2f} " + "#" * round(60 * value))

# %%
# What does France want? Fix all 35 numbers at their medians: one game, small enough to look at.
# Say: "Compare across, never between the players. 1 is what folding costs France."
from sim.crisis.parameters import RECEIVER_TYPES, SENDER_TYPES, STANCES

middle = scenario.medians()
game = sim.crisis_game(middle)

print(f"after rule_out: {game.sender[0, 0, 0]:+.2f} for both types; nobody is there to be struck")
for stance, of_stance in zip(STANCES[1:], game.sender.swapaxes(0, 1)[1:], strict=True):
    for france, (hold, strike) in zip(SENDER_TYPES, of_stance, strict=True):
        print(f"after {stance:9}  {france:8} France gets {hold:+.2f} if Russia holds, {strike:+.2f} if it strikes")

# %%
# What does Russia believe? A strike pays against a bluff and costs against resolve. Somewhere in between it breaks even.
# Say: "Russia strikes while its belief that France is resolute lies below that point."
gain = game.receiver[..., 1] - game.receiver[..., 0]  # of a strike over holding: Russia's type, France's type, signal

print(f"before any signal Russia believes: France is resolute with probability {middle['prior.resolute']:.2f}\n")
for russia, (bluffing, resolute) in zip(RECEIVER_TYPES, gain, strict=True):
    for signal in (1, 2):
        against_bluff, against_resolve = bluffing[signal], resolute[signal]
        tips = against_bluff / (against_bluff - against_resolve)
        says = f"strikes below {tips:.2f}" if against_bluff > 0 else "never strikes"
        print(f"after {STANCES[signal]:9}  {russia:11} Russia gains {against_bluff:+.2f} or {against_resolve:+.2f}: {says}")
