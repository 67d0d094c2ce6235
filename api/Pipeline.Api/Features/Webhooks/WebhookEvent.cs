using System.Globalization;
using System.Text.Json.Nodes;
using Pipeline.Api.Http;
using Pipeline.Api.Queries;
using Pipeline.Data;
using Pipeline.Store.Changes;

namespace Pipeline.Api.Features.Webhooks;

/// <summary>What is sent: a CloudEvents 1.0 body, thin; names, amounts and people are fetched with the key, which leaves a trace.</summary>
public static class WebhookEvent
{
    private const string Source = "/api/v1";

    /// <summary>Which members the data has; a new one when their meaning changes.</summary>
    private const string Schema = "urn:pipeline:schema:change:1";

    /// <summary>The body of a change, as its key is told it.</summary>
    /// <param name="number">Its place among all that was ever made for this webhook.</param>
    public static string OfChange(Vault vault, Cursors cursors, Caller caller, ToldChange change, long number)
    {
        var row = change.Row;
        var data = new JsonObject
        {
            ["kind"] = row.SubjectKind,
            ["id"] = row.SubjectId,
            ["cursor"] = ChangeCursors.Write(cursors, caller, new Position(row.Seq, row.RecordedAt)),
        };
        if (change.Version is { } version)
            data["version"] = version;
        if (!change.IsTombstone && row.State is { } state)
            data["state"] = state;
        if (change.IsPlain && row.Cause is { } cause)
            data["cause"] = cause;
        return Body(
            ChangeIds.Of(vault, row.Seq),
            change.Type,
            $"{row.SubjectKind}/{row.SubjectId}",
            row.At,
            number,
            data
        );
    }

    /// <summary>What asks a receiver whether it wants to be called.</summary>
    public static string Ping(string id, string webhookId, DateTimeOffset now) =>
        Body(id, "ping", $"webhooks/{webhookId}", now, 0, []);

    private static string Body(
        string id,
        string type,
        string subject,
        DateTimeOffset at,
        long number,
        JsonObject data
    ) =>
        new JsonObject
        {
            ["specversion"] = "1.0",
            ["id"] = id,
            ["source"] = Source,
            ["type"] = type,
            ["dataschema"] = Schema,
            ["datacontenttype"] = "application/json",
            ["subject"] = subject,
            ["time"] = Iso.Text(at),
            ["timestamp"] = Iso.Text(at),
            ["sequence"] = number.ToString("D19", CultureInfo.InvariantCulture),
            ["data"] = data,
        }.ToJsonString(Json.Options);
}
