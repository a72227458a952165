package dev.acme53.route53;

/// What is left of an AWS account's request budget.
///
/// @param account twelve digits; empty for those whose account is not known, which share one
/// @param available requests that could be made at once
/// @param perSecond how many are added each second: fewer than allowed after AWS has throttled
/// @param waiting requests that wait for their turn
public record AccountBudget(String partition, String account, double available, double perSecond, int waiting) {}
