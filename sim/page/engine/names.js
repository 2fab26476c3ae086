/**
 * What are things called? The names of sim/crisis/parameters.py and sim/crisis/ladder.py, and their order.
 *
 * Axes, as in Python: k receiver types, t sender types, m signals, a actions. Arrays of a game keep room for four
 * signals, so that an index does not depend on how many there are.
 */

/** The five rungs above quiet, each the probability of reaching it or a higher one, and the two side outcomes. */
export const OUTCOMES = ["strike", "casualties", "retaliation", "war", "nuclear", "backdown", "abandonment"];

/** How many of them are rungs. */
export const RUNGS = 5;

export const SENDER_TYPES = ["bluffing", "resolute"];
export const RECEIVER_TYPES = ["cautious", "opportunist"];
export const ACTIONS = ["hold", "strike"];

/** The families of equilibria, in the order in which rows are listed within a game. */
export const FAMILIES = ["pooling", "separating", "semi_separating", "both_mix"];

/** Stances that a game can have at most. */
export const MOST_SIGNALS = 4;

/** Parameters that a crisis has once, in the order of the slots of a draw. */
export const SHARED = [
  "prior.resolute",
  "prior.opportunist",
  "belief.resolute",
  "france.training_value",
  "france.humiliation",
  "france.fight_cost.bluffing",
  "france.fight_cost.resolute",
  "france.war_cost.bluffing",
  "france.war_cost.resolute",
  "france.backing_relief",
  "russia.training_harm",
  "russia.failed_strike_cost",
  "russia.attack_cost",
  "russia.humiliation_gain",
  "russia.division_gain",
  "russia.retaliation_cost",
  "russia.backing_cost",
  "russia.war_cost.cautious",
  "russia.war_cost.opportunist",
  "russia.pessimism.cautious",
  "russia.pessimism.opportunist",
  "escalation.war_if_alone",
  "escalation.war_if_backed",
  "escalation.nuclear_if_war",
];

/** Parameters that every stance has, in the order of its slots; the first five need a target. */
export const OF_STANCE = [
  "deployment",
  "pinpoint",
  "ally_backing",
  "audience_cost",
  "ambiguity",
  "stance_value",
  "isolation",
];

/** How many of them are only there if the stance has a target. */
export const NEED_TARGET = 5;

/** Values of parameters that may be left out. @type {Object<string, number>} */
export const DEFAULTS = {
  "france.humiliation": 1,
  "russia.humiliation_gain": 1,
  "france.backing_relief": 0,
  "russia.attack_cost": 0,
  "russia.backing_cost": 0,
  "signal.rule_out.deployment": 0,
  "signal.commit.deployment": 1,
};

/** Parameters that take the value of another where they are left out. @type {Object<string, string>} */
export const FOLLOWS = {
  "belief.resolute": "prior.resolute",
  "france.war_cost.bluffing": "france.war_cost.resolute",
};

/** Costs of both types that one name sets. @type {Object<string, string[]>} */
export const ONE_LINE = { "france.war_cost": ["france.war_cost.resolute", "france.war_cost.bluffing"] };
