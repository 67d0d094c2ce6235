using FluentValidation;
using Pipeline.Api.Http;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Claims;
using Pipeline.Domain.Problems;
using Pipeline.Domain.Projects;
using Pipeline.Domain.Rules;

namespace Pipeline.Api.Features.RuleSets;

/// <summary>Posts the next rule set: effective today (from the instant it is posted) or later; it ends the one before. What was decided keeps its rule set.</summary>
public static class PostRuleSet
{
    public sealed class Validator : AbstractValidator<RuleSetBody>
    {
        public Validator()
        {
            RuleFor(rules => rules.Name).Required().Line(100);
            RuleFor(rules => rules.EffectiveFrom).Required();
            RuleFor(rules => rules.EffectiveFrom).Day();
            RuleFor(rules => rules.ReportThresholds).Required().Must(OnePerCurrency).Coded("one-per-currency");
            RuleForEach(rules => rules.ReportThresholds).Cascade(CascadeMode.Continue).Must(Positive).Coded("amount");
            RuleFor(rules => rules.Coordination).Must(OnePerCurrency).Coded("one-per-currency");
            RuleForEach(rules => rules.Coordination).Cascade(CascadeMode.Continue).Must(Positive).Coded("amount");
            RuleFor(rules => rules.Exclusivity).Must(length => length is { } given && !IsZero(given)).Coded("duration");
            RuleFor(rules => rules.Extension).Must(length => length is { } given && !IsZero(given)).Coded("duration");
            RuleFor(rules => rules.ExtensionsMax).InclusiveBetween(0, 100).Coded("range", 0, 100);
            RuleFor(rules => rules.MaxTransfers).InclusiveBetween(0, 100).Coded("range", 0, 100);
            RuleFor(rules => rules.Verification)
                .Must(stages => stages!.All(stage => stage is > Stage.InTalks and < Stage.Terminated))
                .Coded("choice", "signed, registered, started, in-production");
            RuleFor(rules => rules.CreditStage)
                .Must(stage => stage is Stage.Signed or Stage.Registered or Stage.Started)
                .Coded("choice", "signed, registered, started");
            RuleFor(rules => rules.LeaderTiers)
                .Must(tiers => tiers is null || OneEach(tiers, tier => tier?.Level))
                .Coded("one-per-level");
            RuleForEach(rules => rules.LeaderTiers)
                .Cascade(CascadeMode.Continue)
                .NotNull()
                .ChildRules(tier =>
                {
                    tier.RuleFor(each => each.Level).Required().Line(30);
                    tier.RuleFor(each => each.From).Must(Positive).Coded("amount");
                    tier.RuleFor(each => each.To)
                        .Must(
                            (each, to) =>
                                to is not { } end
                                || (end.Currency == each.From.Currency && end.Amount > each.From.Amount)
                        )
                        .Coded("tier-order");
                });
            RuleFor(rules => rules.Referral)
                .Must(scheme =>
                    scheme is null or { Bands.Count: 0 }
                    || (
                        scheme is { Bands: not null, ClaimWithin.Text: not null }
                        && scheme.Bands.All(band => band is not null)
                        && scheme.Fault() is null
                    )
                )
                .Coded("referral");
            RuleFor(rules => rules.ReportCompletion)
                .Must(length => length is null || ProblemTimes.IsWorkdays(length.Value))
                .Coded("workdays", 1, 250);
            RuleFor(rules => rules.Retention!)
                .ChildRules(kept =>
                {
                    kept.RuleFor(each => each.ReadNotices).Must(LongEnough).Coded("retention", Retention.LeastDays);
                    kept.RuleFor(each => each.ImportRows).Must(LongEnough).Coded("retention", Retention.LeastDays);
                    kept.RuleFor(each => each.ImportFiles).Must(LongEnough).Coded("retention", Retention.LeastDays);
                })
                .When(rules => rules.Retention is not null);
            RuleFor(rules => rules.ElementsShare).Must(share => share is null or (> 0 and < 1)).Coded("share");
            RuleFor(rules => rules.LandOffer)
                .Must(limits => limits is null or { Offer: > 0 and <= 1_000_000, Reserve: > 0 and <= 1_000_000 })
                .Coded("mu");
            RuleFor(rules => rules.LeaderContact)
                .Must(length => length is null || (!IsZero(length.Value) && !length.Value.HasTime))
                .Coded("days");
            RuleFor(rules => rules.LeaderLink).Must(link => Positive(link!.From)).Coded("amount");
            RuleFor(rules => rules.Lights)
                .Must(lights =>
                    lights is { InTalks: { } talks, Signed: { } signed, Registered: { } registered }
                    && new[] { talks, signed, registered }.All(limits =>
                        limits is { Yellow.Text: not null, Red.Text: not null }
                    )
                )
                .Coded("required");
            RuleFor(rules => rules.Lights!)
                .ChildRules(lights =>
                {
                    lights
                        .RuleFor(each => each.Planned)
                        .Must(limits => limits is null or { Yellow.Text: not null, Red.Text: not null })
                        .Coded("required");
                    lights
                        .RuleFor(each => each.Schedule)
                        .Must(limits => limits is null or { Yellow: >= 0 and <= 100, Red: >= 0 and <= 100 })
                        .Coded("range", 0, 100);
                    lights
                        .RuleFor(each => each.RemovalContest)
                        .Must(length => length is null || ProblemTimes.IsWorkdays(length.Value))
                        .Coded("workdays", 1, 250);
                })
                .When(rules => rules.Lights is not null);
            RuleFor(rules => rules.Disputes)
                .Must(times =>
                    times is null
                    || new[] { times.FileWithin, times.AnswerWithin, times.DecideWithin, times.AppealWithin }.All(
                        days => days is >= 1 and <= 250
                    )
                )
                .Coded("range", 1, 250)
                .Must(times => times is null || (times.Bar.Text is not null && !IsZero(times.Bar)))
                .Coded("duration");
            RuleFor(rules => rules.NoticeThresholds)
                .Must(thresholds => thresholds is null || OneEach(thresholds, threshold => threshold?.Currency))
                .Coded("one-per-currency");
            RuleForEach(rules => rules.NoticeThresholds)
                .Cascade(CascadeMode.Continue)
                .Must(threshold => threshold is not null && Positive(new Money(threshold.Amount, threshold.Currency)))
                .Coded("amount");
            RuleFor(rules => rules.TransferDecision)
                .Must(length => length is null || !IsZero(length.Value))
                .Coded("duration");
            RuleFor(rules => rules.TransferAcceptance)
                .Must(length => length is null || !IsZero(length.Value))
                .Coded("duration");
            RuleFor(rules => rules.Credit)
                .Must(credit => credit is null || OneEach(credit, rule => rule?.Indicator))
                .Coded("one-per-indicator");
            RuleForEach(rules => rules.Credit)
                .Cascade(CascadeMode.Continue)
                .NotNull()
                .Coded("required")
                .ChildRules(rule =>
                {
                    rule.RuleFor(each => each.Indicator)
                        .Must(id => id == "*" || Domain.Credit.Indicator.All.ContainsKey(id ?? ""))
                        .Coded("indicator");
                    rule.RuleFor(each => each.Shares)
                        .Must(shares => shares is null || shares.IsWhole)
                        .Coded("shares-sum", 10_000);
                });
            RuleFor(rules => rules.Capital!)
                .ChildRules(capital =>
                {
                    capital.RuleFor(each => each.CutoffDay).InclusiveBetween(1, 28).Coded("range", 1, 28);
                    capital.RuleFor(each => each.Kinds).Required();
                    capital.RuleFor(each => each.ForeignKinds).NotNull().Coded("required");
                    capital
                        .RuleFor(each => each.Minima)
                        .NotNull()
                        .Coded("required")
                        .Must(minima => OneEach(minima, least => least.Currency))
                        .Coded("one-per-currency");
                    capital
                        .RuleForEach(each => each.Minima)
                        .Cascade(CascadeMode.Continue)
                        .Must(Positive)
                        .Coded("amount");
                })
                .When(rules => rules.Capital is not null);
            RuleFor(rules => rules.UsdRates)
                .Must(rates => rates is null || OneEach(rates, rate => (rate?.Month, rate?.Currency)))
                .Coded("one-per-month");
            RuleForEach(rules => rules.UsdRates)
                .Cascade(CascadeMode.Continue)
                .NotNull()
                .Coded("required")
                .ChildRules(rate =>
                {
                    rate.RuleFor(each => each.Month)
                        .Must(month =>
                            month is not null
                            && Domain.Credit.Periods.Months(month) is { } months
                            && months.First == months.Last
                        )
                        .Coded("month");
                    rate.RuleFor(each => each.Currency)
                        .Must(currency => Validation.Currencies.Contains(currency ?? ""))
                        .Coded("currency");
                    rate.RuleFor(each => each.Usd).Must(usd => usd is > 0 and < 1_000_000).Coded("rate");
                });
            RuleFor(rules => rules.Problems!)
                .ChildRules(times =>
                {
                    times.RuleFor(each => each.Due).Must(ProblemTimes.IsWorkdays).Coded("workdays", 1, 250);
                    times.RuleFor(each => each.Urgent).Must(ProblemTimes.IsWorkdays).Coded("workdays", 1, 250);
                    times.RuleFor(each => each.Contest).Must(ProblemTimes.IsWorkdays).Coded("workdays", 1, 250);
                    times
                        .RuleFor(each => each.Escalate)
                        .Must((each, _) => each.EscalatesInSteps())
                        .Coded("workdays-in-steps", 1, 250);
                })
                .When(rules => rules.Problems is not null);
            RuleForEach(rules => rules.Rates)
                .Cascade(CascadeMode.Continue)
                .Must(rate =>
                    rate is { Cny: > 0 and < 1_000_000, Year: >= 1980 and <= 2200 }
                    && Validation.Currencies.Contains(rate.Currency ?? "")
                )
                .Coded("rate");
        }

        private static bool LongEnough(IsoDuration? length) => length is null || Retention.IsLength(length.Value);

        private static bool Positive(Money money) =>
            money.Currency is not null
            && Validation.Currencies.Contains(money.Currency)
            && money.IsStorable
            && money.Amount > 0;

        private static bool OnePerCurrency(IReadOnlyList<Money>? amounts) =>
            amounts is { Count: > 0 } && OneEach(amounts, amount => amount.Currency);

        private static bool OneEach<TItem, TKey>(IReadOnlyList<TItem> items, Func<TItem, TKey> key) =>
            items.DistinctBy(key).Count() == items.Count;

        private static bool IsZero(IsoDuration length) =>
            length is { Months: 0, Days: 0 } && length.Time == TimeSpan.Zero;
    }

    public static async Task<IResult> Handle(Call call, RuleBooks ruleBooks)
    {
        var parsed = await call.Body<RuleSetBody>();
        return await call.Write(async session =>
        {
            if (parsed.Refusal is { } malformed)
                return malformed;
            var placed = await Place(session, ruleBooks, parsed.Value!);
            if (placed.Refusal is { } refusal)
                return refusal;
            if (call.ValidateOnly)
                return Reply.NothingStored;
            var id = await Store(session, ruleBooks, placed.Value, call.Caller);
            return ListRuleSets.Answer(
                (await RuleBooks.Rows(session)).First(row => row.Id == id),
                ruleBooks,
                call.Caller,
                session,
                201,
                $"/api/v1/rule-sets/{id}"
            );
        });
    }

    /// <summary>Where a rule set would stand: what it says with what it takes from the one before, from when on, and which comes before and after it.</summary>
    internal sealed record Placed(RuleSetBody Body, DateTimeOffset StartsAt, RuleSetRow Before, RuleSetRow? Next);

    /// <summary>Finds the place of a rule set among the others and checks it: its numbers, that it does not begin in the past, and that no other begins then. The rule sets are locked from here on.</summary>
    internal static async Task<Result<Placed>> Place(Session session, RuleBooks ruleBooks, RuleSetBody said)
    {
        if (said.EffectiveFrom is not { } from)
            return Refusal.Invalid(new FieldError("effectiveFrom", "required"));
        await session.Lock(LockName.RuleSets);
        var rows = await RuleBooks.Rows(session);
        var startsAt = from <= session.Today ? session.Now : Shanghai.StartOf(from);
        var before = rows.LastOrDefault(row => row.StartsAt <= startsAt) ?? rows[0];
        var body = said.Over(ruleBooks.BodyOf(before));
        if (Validation.Failures(Validation.Of<Validator>(), body, session.Today) is { Count: > 0 } errors)
            return new Refusal(RefusalKind.Invalid, "validation-failed", [.. errors.Select(Validation.Error)]);
        if (from < session.Today)
            return new Refusal(RefusalKind.Rule, "rule-set-overlap", [new FieldError("effectiveFrom", "past")]);
        if (rows.Any(row => row.StartsAt == startsAt || (row.EffectiveFrom == from && row.StartsAt > session.Now)))
            return new Refusal(RefusalKind.Rule, "rule-set-overlap", [new FieldError("effectiveFrom", "period-taken")]);
        return new Placed(body, startsAt, before, rows.FirstOrDefault(row => row.StartsAt > startsAt));
    }

    /// <summary>Puts a rule set in its place, and ends the one before it then.</summary>
    internal static async Task<string> Store(Session session, RuleBooks ruleBooks, Placed placed, Caller by)
    {
        var (body, startsAt, before, next) = placed;
        var id = Ids.New();
        await session.Execute(End, new { id = before.Id, startsAt });
        await session.Execute(
            Insert,
            new
            {
                id,
                name = body.Name,
                startsAt,
                endsAt = next?.StartsAt,
                from = body.EffectiveFrom,
                body = Json.Write(body),
                now = session.Now,
            }
        );
        session.Note(
            new AuditEntry("rule-set-created")
            {
                SubjectKind = "rule-set",
                SubjectId = id,
                Changes = AuditEntry.Between(Json.Node(ruleBooks.BodyOf(before)), Json.Node(body)),
            }
        );
        await session.Raise(new RuleSetPublished(id, body.Name!, body.EffectiveFrom!.Value, by));
        return id;
    }

    /// <summary>Changes a rule set that is not yet in force; its beginning stays.</summary>
    public static async Task<IResult> Patch(string id, Call call, RuleBooks ruleBooks)
    {
        var patch = await call.Patch();
        return await call.Write(async session =>
        {
            await session.Lock(LockName.RuleSets);
            if ((await RuleBooks.Rows(session)).FirstOrDefault(row => row.Id == id) is not { } row)
                return Refusal.NotFound;
            if (ETags.Check(call.Request, row.Version) is { } stale)
                return stale;
            if (patch.Refusal is { } malformed)
                return malformed;
            var merged = Json.MergePatch(Json.Node(ruleBooks.BodyOf(row)), patch.Value)!;
            var parsed = Call.Parse(merged, Validation.Of<Validator>(), session.Today);
            if (parsed.Refusal is { } invalid)
                return invalid;
            if (row.StartsAt <= session.Now)
                return new Refusal(RefusalKind.Conflict, "rule-set-in-force");
            if (await RuleSetDraftRow.MadeRuleSet(session, id))
                return new Refusal(RefusalKind.Conflict, "rule-set-published");
            if (parsed.Value!.EffectiveFrom != row.EffectiveFrom)
                return new Refusal(RefusalKind.Rule, "rule-set-overlap", [new FieldError("effectiveFrom", "fixed")]);
            await session.Execute(
                Update,
                new
                {
                    id,
                    name = parsed.Value.Name,
                    body = Json.Write(parsed.Value),
                }
            );
            session.Note(
                new AuditEntry("rule-set-edited")
                {
                    SubjectKind = "rule-set",
                    SubjectId = id,
                    Changes = AuditEntry.Between(Json.Node(ruleBooks.BodyOf(row)), Json.Node(parsed.Value)),
                }
            );
            return ListRuleSets.Answer(
                (await RuleBooks.Rows(session)).First(changed => changed.Id == id),
                ruleBooks,
                call.Caller,
                session
            );
        });
    }

    internal const string Insert = """
        INSERT INTO rule_sets (id, name, starts_at, ends_at, effective_from, body, version, created_at)
        VALUES (@id, @name, @startsAt, @endsAt, @from, @body, 1, @now)
        """;

    private const string End = "UPDATE rule_sets SET ends_at = @startsAt, version = version + 1 WHERE id = @id";
    private const string Update =
        "UPDATE rule_sets SET name = @name, body = @body, version = version + 1 WHERE id = @id";
}
