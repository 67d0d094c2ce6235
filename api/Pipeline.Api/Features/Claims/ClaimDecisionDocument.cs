using Pipeline.Api.Documents;
using Pipeline.Api.Http;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Claims;
using Pipeline.Domain.Projects;

namespace Pipeline.Api.Features.Claims;

/// <summary>What was decided of a report, and its course, as a paper to be printed and filed (核定意见书); before a decision it says how the report stands.</summary>
public static class ClaimDecisionDocument
{
    public static Task<IResult> Word(string id, Call call) => Document(id, call, PaperFormat.Word);

    public static Task<IResult> Pdf(string id, Call call) => Document(id, call, PaperFormat.Pdf);

    private static Task<IResult> Document(string id, Call call, PaperFormat format) =>
        RecordPaper.Answer(
            call,
            format,
            "export-decision",
            "claim",
            id,
            session => LoadClaim.For(session, call.Caller, id),
            async (session, claim, words) =>
            {
                var course = await ReadCourse.Of(session, call.Caller, claim);
                var isDecided = claim.At != ClaimStatus.UnderReview;
                var title = words.Of(isDecided ? "paper.claim-decision" : "paper.claim-course");
                var year = Shanghai.DateOf(claim.ReceivedAt).Year;
                var report = Json.Read<ProjectBody>(claim.Report);
                var document = new OfficialDocument()
                    .Title(title)
                    .Centred(words.Of("paper.claim-number", year, claim.Sequence))
                    .Facts(
                        words,
                        [
                            ("paper.unit", claim.JurisdictionName),
                            ("paper.project", report.Name),
                            ("paper.investors", string.Join('、', (report.Investors ?? []).Select(each => each.Name))),
                            ("paper.amount", report.TotalInvestment is { } total ? words.Amount(total) : null),
                            ("paper.industry", report.IndustryCode),
                            ("paper.received", DocumentWords.Instant(claim.ReceivedAt)),
                            ("paper.outcome", words.Of(claim.At)),
                            ("paper.active-until", Until(claim)),
                            ("paper.reason", claim.EndReason),
                        ]
                    )
                    .First(1, words.Of("paper.course"))
                    .Table(
                        [words.Of("paper.when"), words.Of("paper.what"), words.Of("paper.who"), words.Of("paper.note")],
                        [22, 18, 18, 42],
                        course.Select(step =>
                            (IReadOnlyList<string>)
                                [
                                    DocumentWords.Instant(step.At),
                                    words.Of(step.Kind),
                                    step.By ?? "",
                                    string.Join('；', new[] { step.Note }.Concat(step.Missing ?? []).OfType<string>()),
                                ]
                        )
                    )
                    .Signed(words, Shanghai.DateOf(course[^1].At));
                return new RecordPaper(document, title, $"{year}-{claim.Sequence}", course[^1].At, claim.ProjectId);
            }
        );

    private static string? Until(ClaimRow claim) =>
        claim is { At: ClaimStatus.Active, ExpiresAt: { } until } ? DocumentWords.Instant(until) : null;
}
