package dev.weir.policy;

/**
 * One thing the policy did to an event, and why. Never holds anything that came with the event.
 *
 * @param field where: {@code text}, {@code page.url}, {@code properties.<name>} …
 * @param rule which rule, in the words of the policy: {@code urls.parameters.token}
 */
public record Finding(Reason reason, String field, String rule) {}
