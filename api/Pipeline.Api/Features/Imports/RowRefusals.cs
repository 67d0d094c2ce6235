using Pipeline.Api.Http;
using Pipeline.Domain;
using Pipeline.Domain.Imports;
using Pipeline.Domain.Projects;

namespace Pipeline.Api.Features.Imports;

/// <summary>What keeps a row out, in the register's own terms.</summary>
internal static class RowRefusals
{
    /// <summary>A row that is kept out.</summary>
    internal static TakenRow Refused(IReadOnlyList<RowIssue> issues) =>
        new() { Outcome = RowOutcome.Rejected, Issues = issues };

    /// <summary>An issue of the whole row, or of one of its fields.</summary>
    internal static RowIssue OfRow(UnderstoodRow row, string code, string? field = null, params object[] args) =>
        new(null, field, code, ImportCodes.SeverityOf(code), field is null ? row.Name : "", args);

    /// <summary>What a use case refused of the row.</summary>
    internal static IReadOnlyList<RowIssue> Issues(UnderstoodRow row, Refusal refusal) =>
        refusal.Errors.Count == 0
            ? [OfRow(row, refusal.Slug)]
            :
            [
                .. refusal.Errors.Select(error =>
                    OfRow(row, refusal.Slug, Field(error.Field), error.Field, error.Code)
                ),
            ];

    /// <summary>What keeps the body from being stored, in the register's own terms.</summary>
    internal static List<RowIssue> Invalid(
        UnderstoodRow row,
        ProjectBody body,
        ProjectRules validator,
        DateOnly today
    ) =>
        [
            .. Validation
                .Failures(validator, body, today)
                .Select(error => (error.PropertyName, error.ErrorCode))
                .Select(error =>
                    error switch
                    {
                        ("investors", "required") => OfRow(row, ImportCodes.InvestorMissing, ImportFields.Investor),
                        ("totalInvestment", "required") => OfRow(
                            row,
                            ImportCodes.AmountMissing,
                            ImportFields.TotalInvestment
                        ),
                        ("industryCode", "required") => OfRow(row, ImportCodes.IndustryMissing, ImportFields.Industry),
                        _ => OfRow(
                            row,
                            ImportCodes.NotStorable,
                            Field(error.PropertyName),
                            error.PropertyName,
                            error.ErrorCode
                        ),
                    }
                ),
        ];

    private static string? Field(string member) =>
        member.Split('.', '[') switch
        {
            ["project", var second, ..] => Field(second),
            ["investors", ..] => ImportFields.Investor,
            ["contacts", ..] => ImportFields.ContactKind,
            ["landingPlace", ..] => ImportFields.Place,
            [var first, ..] when ImportFields.Exists(first) => first,
            _ => null,
        };
}
