using FsCheck;
using FsCheck.Fluent;
using Pipeline.Domain.Claims;
using Pipeline.Domain.Rules;
using Given = Pipeline.Domain.Tests.Rules.Given;

namespace Pipeline.Domain.Tests.Claims;

/// <summary>Settlement (R15–R18) as mathematics.</summary>
public sealed class SettlementTests
{
    private static readonly DateTimeOffset T0 = DateTimeOffset.Parse("2026-01-20T02:00:00Z");
    private static readonly RuleBook Book = new([
        Given.Rules("month", until: "2026-03-01T00:00:00Z"),
        Given.Rules("days", exclusivity: "P10D", from: "2026-03-01T00:00:00Z", until: "2026-04-15T00:00:00Z"),
        Given.Rules("hours", exclusivity: "PT36H", from: "2026-04-15T00:00:00Z"),
    ]);

    [Test]
    public void Windows_follow_each_other_down_the_queue_and_each_pins_the_rules_of_its_activation()
    {
        var settled = Settlement.Settle(
            Admitted("a", "b", "c", "d").Claims,
            DateTimeOffset.Parse("2026-12-31T00:00:00Z"),
            Book
        );

        // 20 Jan + 1 month; 21 Feb still under `month`; 22 Mar under `days`; 2 Apr under `days` again.
        string[] expected =
        [
            "a 2026-01-20T02:00:00.000 2026-02-20T15:59:59.999 month",
            "b 2026-02-20T16:00:00.000 2026-03-21T15:59:59.999 month",
            "c 2026-03-21T16:00:00.000 2026-04-01T15:59:59.999 days",
            "d 2026-04-01T16:00:00.000 2026-04-12T15:59:59.999 days",
        ];
        settled
            .Claims.Select(claim =>
                FormattableString.Invariant(
                    $"{claim.Id} {claim.ActivatedAt:yyyy-MM-ddTHH:mm:ss.fff} {claim.ExpiresAt:yyyy-MM-ddTHH:mm:ss.fff} {claim.RuleSetId}"
                )
            )
            .ShouldBe(expected);
        settled.Claims.ShouldAllBe(claim => claim.Status == ClaimStatus.Expired && claim.EndedAt == claim.ExpiresAt);
    }

    [Test]
    public void A_claim_is_active_to_its_last_instant()
    {
        var standing = Admitted("a", "b");
        var end = standing.Active!.ExpiresAt!.Value;
        Settlement.Settle(standing.Claims, end, Book).Active!.Id.ShouldBe("a");
        Settlement.Settle(standing.Claims, end.AddMilliseconds(1), Book).Active!.Id.ShouldBe("b");
    }

    [Test]
    public void A_signing_submitted_in_time_holds_the_window_and_a_late_one_does_not()
    {
        var standing = Admitted("a", "b");
        var end = standing.Active!.ExpiresAt!.Value;
        Settlement.Settle(standing.Claims, end.AddDays(9), Book, end).Active!.Id.ShouldBe("a");
        Settlement.Settle(standing.Claims, end.AddDays(9), Book, end.AddMilliseconds(1)).Active!.Id.ShouldBe("b");
    }

    [Test]
    public void Converting_closes_the_queue_and_nobody_follows()
    {
        var closed = Admitted("a", "b", "c").Close(ClaimStatus.Converted, T0.AddDays(1));
        closed
            .Claims.Select(claim => claim.Status)
            .ShouldBe([ClaimStatus.Converted, ClaimStatus.Rejected, ClaimStatus.Rejected]);
        closed.Active.ShouldBeNull();
    }

    [Test]
    public void R14b_a_returned_report_keeps_its_place_and_is_withdrawn_when_nobody_completed_it()
    {
        // a holds until the end of 2026-06-01 (see above), b and c wait; b is to be completed by an instant before that.
        var until = T0.AddDays(7);
        var standing = Admitted("a", "b", "c");
        standing = With(standing, standing.Claims[1] with { ReturnedUntil = until });
        Settlement.Settle(standing.Claims, until, Book).Queue.Select(claim => claim.Id).ShouldBe(["b", "c"]);
        var late = Settlement.Settle(standing.Claims, until.AddMilliseconds(1), Book);
        late.Queue.Select(claim => claim.Id).ShouldBe(["c"]);
        var withdrawn = late.Claims[1];
        (withdrawn.Status, withdrawn.EndedAt, withdrawn.ReturnedUntil).ShouldBe((ClaimStatus.Withdrawn, until, null));
        late.Changes.ShouldHaveSingleItem().At.ShouldBe(until);

        // Its turn comes while it may still be completed: it never lost its place, and nothing is left to complete.
        var end = standing.Active!.ExpiresAt!.Value;
        var inTime = With(standing, standing.Claims[1] with { ReturnedUntil = end.AddMilliseconds(1) });
        var active = Settlement.Settle(inTime.Claims, end.AddDays(9), Book).Active!;
        (active.Id, active.ReturnedUntil).ShouldBe(("b", null));

        // On one instant the time to complete it is over first.
        var together = With(standing, standing.Claims[1] with { ReturnedUntil = end });
        Settlement.Settle(together.Claims, end.AddDays(9), Book).Active!.Id.ShouldBe("c");
    }

    [Property(MaxTest = 300)]
    public Property Settling_often_and_settling_once_give_the_same_history() => Prop.ForAll(Histories(), steps =>
        {
            var often = Play(steps, settleAtEveryStep: true);
            var late = Play(steps, settleAtEveryStep: false);
            return often.Claims.SequenceEqual(late.Claims);
        });

    [Property(MaxTest = 300)]
    public Property Windows_never_overlap_and_leave_no_gap_while_somebody_waits() => Prop.ForAll(Histories(), steps =>
        {
            var played = Play(steps, settleAtEveryStep: true)
                .Claims.Where(claim => claim.ActivatedAt is not null)
                .OrderBy(claim => claim.ActivatedAt)
                .ThenBy(claim => claim.Sequence)
                .ToList();
            var fits = true;
            foreach (var (one, next) in played.Zip(played.Skip(1)))
            {
                var ended = one.EndedAt ?? DateTimeOffset.MaxValue;
                var after = one.Status == ClaimStatus.Expired ? ended.AddMilliseconds(1) : ended;
                fits &= after <= next.ActivatedAt;

                // Whoever was waiting when the one before ended took over at that very instant.
                if (next.ReceivedAt <= ended && next.Sequence > one.Sequence)
                    fits &= next.ActivatedAt == after;
            }

            return fits;
        });

    /// <summary>What may happen between two readings of the clock.</summary>
    public enum Happening
    {
        Look,
        Report,
        Release,
        WithdrawLast,
        ReturnLast,
        ReturnFirst,
        ReassignToLast,
        Suspend,
        Resume,
    }

    private static Arbitrary<(int Minutes, Happening What)[]> Histories() =>
        Gen.Choose(0, 30_000)
            .Zip(
                Gen.Elements(
                    Happening.Look,
                    Happening.Report,
                    Happening.Report,
                    Happening.Report,
                    Happening.Release,
                    Happening.WithdrawLast,
                    Happening.ReturnLast,
                    Happening.ReturnFirst,
                    Happening.ReassignToLast,
                    Happening.Suspend,
                    Happening.Resume
                ),
                (minutes, what) => (minutes, what)
            )
            .ArrayOf()
            .Where(steps => steps.Length <= 25)
            .ToArbitrary();

    private static Settlement Play((int Minutes, Happening What)[] steps, bool settleAtEveryStep)
    {
        var now = T0;
        var state = new Settlement([], []);
        var sequence = 0L;
        foreach (var (minutes, what) in steps)
        {
            now = now.AddMinutes(minutes);

            // Writers settle before they act; whoever only looks may leave it to the next.
            if (settleAtEveryStep || what != Happening.Look)
                state = Settlement.Settle(state.Claims, now, Book);
            switch (what)
            {
                case Happening.Report:
                    sequence++;
                    state = state.Admit(
                        new Claim(
                            $"c{sequence}",
                            sequence,
                            $"u{sequence % 5}",
                            ClaimStatus.Queued,
                            now,
                            null,
                            null,
                            null,
                            "month"
                        ),
                        now,
                        Book
                    );
                    break;
                case Happening.Release when state.Active is { } active:
                    state = state.End(active.Id, ClaimStatus.Released, now, Book);
                    break;
                case Happening.WithdrawLast when state.Queue.LastOrDefault() is { } last:
                    state = state.End(last.Id, ClaimStatus.Withdrawn, now, Book);
                    break;
                case Happening.ReturnLast when state.Queue.LastOrDefault() is { } returned:
                    state = With(state, returned with { ReturnedUntil = now.AddDays(7) });
                    break;
                case Happening.ReturnFirst when state.Queue.FirstOrDefault() is { } returned:
                    state = With(state, returned with { ReturnedUntil = now.AddDays(7) });
                    break;
                case Happening.ReassignToLast
                    when state.Active is not null && state.Queue.LastOrDefault() is { } favoured:
                    state = state.Reassign(favoured, now, Book);
                    break;
                case Happening.Suspend when state.Active is { SuspendedAt: null } running:
                    state = With(state, running with { SuspendedAt = now });
                    break;
                case Happening.Resume when state.Active is { SuspendedAt: { } since } still:
                    state = With(
                        state,
                        still with
                        {
                            SuspendedAt = null,
                            ExpiresAt = Disputes.Resumed(
                                still.ExpiresAt!.Value,
                                since,
                                now,
                                Book.ById(still.RuleSetId)
                            ),
                        }
                    );
                    break;
            }
        }

        return Settlement.Settle(state.Claims, now.AddYears(1), Book);
    }

    private static Settlement With(Settlement state, Claim changed) =>
        state with
        {
            Claims = [.. state.Claims.Select(claim => claim.Id == changed.Id ? changed : claim)],
        };

    private static Settlement Admitted(params string[] ids)
    {
        var state = new Settlement([], []);
        foreach (var (id, index) in ids.Select((id, index) => (id, index)))
            state = state.Admit(
                new Claim(id, index + 1, id, ClaimStatus.Queued, T0, null, null, null, "month"),
                T0,
                Book
            );
        return state;
    }
}
