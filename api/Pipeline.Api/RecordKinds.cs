using Pipeline.Api.Features.Imports;
using Pipeline.Api.Features.Transfers;
using Pipeline.Api.Http.Access;
using Pipeline.Domain.Libraries;
using Pipeline.Store.Events;
using Pipeline.Store.Financing;
using Pipeline.Store.OfficeLeads;

namespace Pipeline.Api;

/// <summary>The kinds of records that exist for some callers and not for others.</summary>
public static class RecordKinds
{
    public static IReadOnlyDictionary<string, SeesRecord> All { get; } =
        new Dictionary<string, SeesRecord>(Libraries(), StringComparer.Ordinal)
        {
            ["projects"] = async (session, caller, id) =>
                await LoadProject.For(session, caller, id) is { } project
                && project.RelationOf(caller) != Relations.Summary,
            ["claims"] = async (session, caller, id) => await LoadClaim.For(session, caller, id) is not null,
            ["moves"] = async (session, caller, id) => await MoveRow.For(session, caller, id) is not null,
            ["market-offers"] = BlindMarket.Opens,
            ["transfers"] = async (session, caller, id) => await TransferRow.For(session, caller, id) is not null,
            ["signing-notices"] = async (session, caller, id) =>
                await SigningNoticeRow.For(session, caller, id) is not null,
            ["removals"] = async (session, caller, id) => await RemovalRow.For(session, caller, id) is not null,
            ["problems"] = async (session, caller, id) => await ProblemRow.For(session, caller, id) is not null,
            ["team-members"] = async (session, caller, id) => await TeamMemberRow.For(session, caller, id) is not null,
            ["event-results"] = async (session, caller, id) =>
                await EventResultRow.For(session, caller, id) is not null,
            ["financing-needs"] = async (session, caller, id) => await NeedRow.For(session, caller, id) is not null,
            ["matches"] = async (session, caller, id) => await MatchRow.For(session, caller, id) is not null,
            ["office-leads"] = async (session, caller, id) => await OfficeLeadRow.For(session, caller, id) is not null,
            ["meetings"] = async (session, caller, id) => await MeetingRow.For(session, caller, id) is not null,
            ["actions"] = async (session, caller, id) => await ActionRow.For(session, caller, id) is not null,
            ["capital"] = async (session, caller, id) => await CapitalRow.For(session, caller, id) is not null,
            ["credit-agreements"] = async (session, caller, id) =>
                await AgreementRow.For(session, caller, id) is not null,
            ["disputes"] = async (session, caller, id) => await DisputeRow.For(session, caller, id) is not null,
            ["imports"] = async (session, caller, id) =>
                id == "parse" || await ReadImports.Load(session, caller, id) is not null,
            ["record-imports"] = async (session, caller, id) =>
                await RecordImports.Load(session, caller, id) is not null,
            ["files"] = async (session, caller, id) =>
                await FileRow.ById(session, id) is { } file && await file.IsOpenTo(session, caller),
        };

    private static IEnumerable<KeyValuePair<string, SeesRecord>> Libraries() =>
        Enum.GetValues<Library>()
            .Select(library =>
                KeyValuePair.Create<string, SeesRecord>(Slug.Of(library), async (session, caller, id) =>
                    await LibraryRow.For(session, caller, library, id) is not null
                )
            );
}
