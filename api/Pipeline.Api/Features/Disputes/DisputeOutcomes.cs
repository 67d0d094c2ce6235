using Pipeline.Api.Http;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Claims;
using Pipeline.Domain.Projects;

namespace Pipeline.Api.Features.Disputes;

/// <summary>Which outcomes a dispute can have as things stand (R23): asked by the decision itself, and told before.</summary>
public static class DisputeOutcomes
{
    /// <summary>Whether a dispute can end so.</summary>
    public sealed record OutcomeView
    {
        public required DisputeOutcome Outcome { get; init; }
        public required bool Possible { get; init; }

        /// <summary>It is possible only where the contested report is proven false.</summary>
        public required bool OnlyAsFalseReport { get; init; }

        /// <summary>Why it is not possible, as the decision would answer it.</summary>
        public Problem? Problem { get; init; }
    }

    public sealed record View
    {
        /// <summary>Why nothing can be decided by this caller now, as the decision would answer it; absent where something can.</summary>
        public Problem? Problem { get; init; }
        public required IReadOnlyList<OutcomeView> Items { get; init; }
    }

    public static Task<IResult> Read(string id, Call call)
    {
        var refusal = new QueryReader(call.Request).Refusal();
        return call.Read<IResult>(async session =>
        {
            if (await DisputeRow.For(session, call.Caller, id) is not { } dispute)
                return (Reply)Refusal.NotFound;
            if (refusal is not null)
                return (Reply)refusal;
            var notYet = NotYet(dispute, call.Caller, session.Now);
            var items = new List<OutcomeView>();
            foreach (var outcome in Enum.GetValues<DisputeOutcome>())
            {
                var impossible = notYet ?? await RefusalOf(session, dispute, outcome, falseReport: false);
                var onlyAsFalse =
                    notYet is null
                    && impossible is not null
                    && outcome == DisputeOutcome.Revoke
                    && await RefusalOf(session, dispute, outcome, falseReport: true) is null;
                items.Add(
                    new OutcomeView
                    {
                        Outcome = outcome,
                        Possible = impossible is null || onlyAsFalse,
                        OnlyAsFalseReport = onlyAsFalse,
                        Problem = impossible is null || onlyAsFalse ? null : Http.Problems.Of(call.Context, impossible),
                    }
                );
            }

            return Reply.Plain(
                new View { Problem = notYet is null ? null : Http.Problems.Of(call.Context, notYet), Items = items }
            );
        });
    }

    /// <summary>Why the dispute cannot be decided now, whatever the outcome; null: it can.</summary>
    internal static Refusal? NotYet(DisputeRow dispute, Caller caller, DateTimeOffset now) =>
        dispute.At(now) switch
        {
            DisputeStatus.AwaitingAnswer => new Refusal(
                RefusalKind.Conflict,
                "answer-awaited",
                dispute.AnswerDue!.Value
            ),
            DisputeStatus.Appealed when dispute.DecidedBy == caller.UserId => new Refusal(
                RefusalKind.Forbidden,
                "own-decision"
            ),
            DisputeStatus.AwaitingDecision or DisputeStatus.Appealed => null,
            _ => new Refusal(RefusalKind.Conflict, "dispute-decided"),
        };

    /// <summary>Whether an outcome gives the claim back to the other side, which a first decision took from it.</summary>
    internal static bool Restores(DisputeRow dispute, DisputeOutcome outcome) =>
        dispute.Decided is DisputeOutcome.Reassign or DisputeOutcome.Revoke
        && outcome is DisputeOutcome.Uphold or DisputeOutcome.CoNegotiate;

    /// <summary>Why a dispute cannot end so; null: it can.</summary>
    internal static async Task<Refusal?> RefusalOf(
        Session session,
        DisputeRow dispute,
        DisputeOutcome outcome,
        bool falseReport
    )
    {
        var notActive = new Refusal(RefusalKind.Conflict, "claim-not-active");
        if (dispute.ProjectId is not { } projectId)
            return outcome == DisputeOutcome.Uphold ? null : notActive;
        var holder = (await SettleClaims.Standing(session, projectId)).Active?.JurisdictionId;
        if (Restores(dispute, outcome))
            return await Granting(session, projectId, holder, dispute.RespondentId);
        return outcome switch
        {
            DisputeOutcome.Reassign => await Granting(session, projectId, holder, dispute.ContestantId),

            // Against who holds the claim now, and only if that is the other side: nobody else was heard.
            DisputeOutcome.CoNegotiate => holder is not null && holder == dispute.RespondentId ? null : notActive,

            // What has ended already can only be proven false.
            DisputeOutcome.Revoke => (holder is not null && holder == dispute.RespondentId)
            || falseReport
            || dispute.Decided is DisputeOutcome.Reassign or DisputeOutcome.Revoke
                ? null
                : notActive,
            _ => null,
        };
    }

    /// <summary>Why a unit cannot be given the claim; it may have it already.</summary>
    private static async Task<Refusal?> Granting(Session session, string projectId, string? holder, string? unit) =>
        holder == unit
        || await session.One<string>("SELECT stage FROM projects WHERE id = @projectId", new { projectId })
            == Slug.Of(Stage.InTalks)
            ? null
            : new Refusal(RefusalKind.Conflict, "project-already-signed");
}
