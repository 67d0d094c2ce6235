using Pipeline.Domain;
using Pipeline.Domain.Imports;

namespace Pipeline.Api.Features.Imports;

/// <summary>What came of a row.</summary>
/// <param name="Trace">Of an accepted row what an undo has to know of it.</param>
internal sealed record TakenRecord(
    RecordOutcome Outcome,
    string? RecordId,
    IReadOnlyList<FieldError> Issues,
    RecordTrace? Trace = null
)
{
    public static TakenRecord Refused(params FieldError[] issues) => new(RecordOutcome.Rejected, null, issues);

    public static TakenRecord Refused(Refusal refusal) =>
        refusal.Errors.Count > 0
            ? new TakenRecord(RecordOutcome.Rejected, null, refusal.Errors)
            : Refused(new FieldError("", refusal.Slug, [.. refusal.Args]));
}

/// <summary>Takes the rows of one sheet in, of one kind of records.</summary>
internal interface ITakeRecords
{
    Task<TakenRecord> Take(RecordCells cells);

    /// <summary>Does once what is to be done after the last row.</summary>
    Task End();
}
