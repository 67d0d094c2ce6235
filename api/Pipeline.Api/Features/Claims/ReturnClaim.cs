using FluentValidation;
using Pipeline.Api.Http;
using Pipeline.Data;
using Pipeline.Domain.Claims;

namespace Pipeline.Api.Features.Claims;

/// <summary>The centre returns a report that waits for completion (R14b): it keeps its place, and is withdrawn unless its unit completes it in time.</summary>
public static class ReturnClaim
{
    public sealed record Request
    {
        /// <summary>Why it is returned; the unit reads it.</summary>
        public string? Reason { get; init; }

        /// <summary>What is lacking, point by point.</summary>
        public IReadOnlyList<string>? Missing { get; init; }
    }

    public sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(request => request.Reason).Required().Text(2000);
            RuleFor(request => request.Missing).AtMost(20);
            RuleForEach(request => request.Missing).Cascade(CascadeMode.Continue).Required().Text(200);
        }
    }

    public static async Task<IResult> Handle(string id, Call call, SettleClaims settle, RuleBooks ruleBooks)
    {
        var body = await call.Body(Validation.Of<Validator>());
        return await call.Write(async session =>
        {
            await session.Lock(LockName.Intake);
            var loaded = await AnswerClaim.ForWrite(session, settle, call, id, Act.ReturnClaim);
            if (loaded.Refusal is { } refusal)
                return refusal;
            if (body.Refusal is { } malformed)
                return malformed;
            var (claim, request) = (loaded.Value, body.Value!);
            if (ClaimDecisions.RefuseReturn(claim.At, claim.ReturnedUntil) is { } notNow)
                return notNow;
            var book = await ruleBooks.Load(session);
            var until = (await WorkCalendars.Load(session)).Deadline(
                session.Now,
                book.ById(claim.RuleSetId).ReportCompletion
            );
            var reason = request.Reason!.Trim();
            await session.Execute(
                Insert,
                new
                {
                    id,
                    number = claim.Returns + 1,
                    reason,
                    missing = Json.Write((request.Missing ?? []).Select(point => point.Trim())),
                    now = session.Now,
                    by = call.Caller.UserId,
                    byName = call.Caller.DisplayName,
                    until,
                }
            );
            await session.ExecuteOnOne(
                Return,
                new
                {
                    id,
                    until,
                    number = claim.Returns + 1,
                    now = session.Now,
                    status = claim.Status,
                }
            );
            if ((claim.ProjectId ?? claim.OwnProjectId) is { } projectId)
                Timeline.Add(
                    session,
                    projectId,
                    EntryKind.ClaimReturned,
                    call.Caller,
                    claim.JurisdictionId,
                    note: reason,
                    after: new { claimId = id, returnedUntil = until }
                );
            await session.Raise(new ReportReturned(id, claim.JurisdictionId, claim.At, call.Caller, reason, until));
            var row = (await LoadClaim.For(session, call.Caller, id))!;
            return AnswerClaim.With(session, call.Caller, row, book);
        });
    }

    private const string Insert = """
        INSERT INTO claim_returns (claim_id, number, reason, missing, returned_at, returned_by, returned_by_name, until_at)
        VALUES (@id, @number, @reason, @missing, @now, @by, @byName, @until)
        """;
    private const string Return =
        "UPDATE claims SET returned_until = @until, returns = @number, version = version + 1, updated_at = @now WHERE id = @id AND status = @status";
}
