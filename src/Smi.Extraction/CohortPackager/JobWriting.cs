using System.Data.Common;
using Smi.Extraction.Databases;
using Smi.Extraction.Settings;
using Smi.Messaging.Brokers;
using Smi.Messaging.Messages;

namespace Smi.Extraction.CohortPackager;

/// <summary>Puts messages into the job store, within one transaction. What is there already stays as it is.</summary>
/// <param name="database">The open store.</param>
/// <param name="transaction">The transaction of the whole batch.</param>
/// <param name="now">The time that results are received at.</param>
internal sealed class JobWriting(Database database, DbTransaction transaction, string now)
{
    public async Task PutAsync(MessageHeader header, ExtractionMessage message, CancellationToken cancellation)
    {
        await PutJobAsync(message.Extraction, cancellation);
        switch (message)
        {
            case ExtractionRequestInfoMessage info:
                await database.RunAsync(
                    transaction, "UPDATE smi_jobs SET key_tag=@tag, key_count=@count, user_name=@user, modality=@modality, trace_parent=@trace WHERE job=@job",
                    [
                        ("@tag", info.KeyTag), ("@count", info.KeyValueCount), ("@user", info.UserName), ("@modality", info.Extraction.Modality),
                        ("@trace", header.TraceParent), Job(message),
                    ],
                    cancellation);
                break;
            case ExtractFileCollectionInfoMessage collection:
                await PutCollectionAsync(collection, cancellation);
                break;
            case ExtractedFileStatusMessage status:
                // Parents: the request, then the message that asked for this file.
                await PutResultAsync(
                    message, header.Parents is [.., var file] ? file : header.MessageGuid, status.OutputFilePath, status.DicomFilePath,
                    status.Status.ToString(), status.StatusMessage, cancellation);
                break;
            case ExtractedFileVerificationMessage verification:
                // Parents: the request, the message that asked for this file, and its status.
                await PutResultAsync(
                    message, header.Parents is [.., var asked, _] ? asked : header.MessageGuid, verification.OutputFilePath,
                    verification.DicomFilePath, $"Verified{verification.Status}", verification.Report, cancellation);
                break;
        }
    }

    private Task PutJobAsync(Messaging.Messages.Extraction job, CancellationToken cancellation) => InsertAsync(
        "smi_jobs", cancellation,
        ("job", job.JobIdentifier.ToString("D")), ("project", job.ProjectNumber), ("directory", job.Directory), ("submitted_at", JobStore.Format(job.JobSubmittedAt)),
        ("modality", job.Modality), ("identifiable", job.IsIdentifiable ? 1 : 0), ("no_filter", job.IsNoFilter ? 1 : 0), ("pooled", job.IsPooled ? 1 : 0));

    private async Task PutCollectionAsync(ExtractFileCollectionInfoMessage message, CancellationToken cancellation)
    {
        var (job, key) = (message.Extraction.JobIdentifier.ToString("D"), JobStore.Hash(message.KeyValue));
        await InsertAsync("smi_collections", cancellation, ("job", job), ("key_hash", key), ("key_value", message.KeyValue));
        foreach (var file in message.Dispatched)
        {
            await InsertAsync(
                "smi_files", cancellation, ("job", job), ("path_hash", JobStore.Hash(file.OutputPath)), ("message", file.Header.MessageGuid.ToString("D")),
                ("output_path", file.OutputPath));
        }

        foreach (var (reason, count) in message.RejectionReasons)
        {
            await InsertAsync(
                "smi_rejections", cancellation, ("job", job), ("key_hash", key), ("reason_hash", JobStore.Hash(reason)), ("reason", reason), ("files", count));
        }
    }

    private Task PutResultAsync(
        ExtractionMessage message, Guid file, string? output, string source, string outcome, string? detail, CancellationToken cancellation) =>
        InsertAsync(
            "smi_results", cancellation,
            ("job", message.Extraction.JobIdentifier.ToString("D")), ("message", file.ToString("D")), ("path_hash", output is null ? null : JobStore.Hash(output)),
            ("source_path", source), ("outcome", outcome), ("detail", detail), ("received_at", now));

    private static (string, object?) Job(ExtractionMessage message) => ("@job", message.Extraction.JobIdentifier.ToString("D"));

    private async Task InsertAsync(string table, CancellationToken cancellation, params (string Column, object? Value)[] values)
    {
        var columns = string.Join(", ", values.Select(value => value.Column));
        var names = string.Join(", ", values.Select(value => "@" + value.Column));
        var (before, after) = database.Type is DatabaseType.MySql or DatabaseType.MariaDB ? (" IGNORE", "") : ("", " ON CONFLICT DO NOTHING");
        await database.RunAsync(
            transaction, $"INSERT{before} INTO {table}({columns}) VALUES({names}){after}", [.. values.Select(value => ("@" + value.Column, value.Value))],
            cancellation);
    }
}
