using Pipeline.Api.Http;
using Pipeline.Domain;

namespace Pipeline.Api.Features.Imports;

/// <summary>Sets an import aside that nobody will go on with: it is kept, and no longer listed as unfinished.</summary>
public static class DismissImport
{
    public static Task<IResult> Handle(string id, Call call) =>
        call.Write(async session =>
        {
            if (await ReadImports.Load(session, call.Caller, id) is not { } import)
                return Refusal.NotFound;
            if (import.JurisdictionId != call.Caller.JurisdictionId)
                return Refusal.Forbidden;
            if (await session.Execute(SetAside, new { id }) == 0)
                return new Refusal(RefusalKind.Conflict, "import-running");
            var row = (await session.One<ImportRow>($"{ImportRow.Select} WHERE i.id = @id", new { id }))!;
            return Reply.Resource(row.View(Messages.Language(call.Request)), row.Version);
        });

    private const string SetAside =
        "UPDATE imports SET set_aside = 1, version = version + 1 WHERE id = @id AND status NOT IN ('queued', 'running')";
}
