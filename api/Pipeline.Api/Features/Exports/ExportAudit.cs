using System.Text.Json.Nodes;
using Pipeline.Api.Http;
using Pipeline.Api.Queries;
using Pipeline.Data;
using Pipeline.Domain;
using Pipeline.Domain.Imports;

namespace Pipeline.Api.Features.Exports;

/// <summary>The audit trail as its list finds it, in one file: with the seal of each entry, so that the chain can be followed in it. Kinds and actions are told as the trail keeps them.</summary>
public static class ExportAudit
{
    public static Task<IResult> Export(Call call, RuleBooks ruleBooks, bool csv) =>
        ExportRecords.Handle(call, ruleBooks, csv, query => new ExportRecords.Sheet<NamedAuditRow>(
            RecordFields.Audit,
            "audit",
            AuditFilter.Read(query, call.Caller),
            "a.seq",
            NamedAuditRow.Select,
            row => row.Seq,
            Cells
        ));

    private static Dictionary<string, object?> Cells(NamedAuditRow row, ExportRecords.Told to) =>
        new(StringComparer.Ordinal)
        {
            ["seq"] = (decimal)row.Seq,
            ["at"] = row.At,
            ["actor"] = row.ActorName ?? row.ActorId,
            ["actorKind"] = CellText.Of(to.Language, $"enum.actor-kind.{row.ActorKind}"),
            ["actorRole"] = row.ActorRole,
            ["onBehalfOf"] = row.OnBehalfOf,
            ["action"] = row.Action,
            ["outcome"] = CellText.Of(to.Language, Slug.To<AuditOutcome>(row.Outcome)),
            ["subjectKind"] = row.SubjectKind,
            ["subjectId"] = row.SubjectId,
            ["subject"] = row.SubjectName,
            ["projectCode"] = row.ProjectCode,
            ["projectName"] = row.ProjectName,
            ["reason"] = row.Reason,
            ["changes"] = Changes(row.Changes),
            ["address"] = row.Address,
            ["client"] = row.Client,
            ["request"] = row.Request,
            ["requestId"] = row.RequestId,
            ["ruleSetId"] = row.RuleSetId,
            ["hash"] = row.Hash,
            ["previousHash"] = row.PreviousHash,
        };

    /// <summary>What was changed into what, a field a line; what it was, or is, where that is nothing, is left empty.</summary>
    private static string? Changes(string? json) =>
        json is null
            ? null
            : string.Join(
                '\n',
                JsonNode
                    .Parse(json)!
                    .AsArray()
                    .Select(change => $"{change!["field"]}: {Value(change["before"])} → {Value(change["after"])}")
            );

    private static string Value(JsonNode? value) =>
        value is JsonValue said && said.TryGetValue<string>(out var text) ? text : value?.ToJsonString() ?? "";
}
