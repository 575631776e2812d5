using Marathon.Configuration;
using Microsoft.Extensions.Configuration;

namespace Marathon.Functions.Settings;

/// <summary>
/// Where orchestrations are kept. The Functions host reads that from host.json, and from app settings that override it; here it is read
/// the same way and checked, for what the host says of a mistake does not name the setting.
/// </summary>
public sealed record DurableSettings
{
    private const string BackendKey = "MARATHON_DURABLE_BACKEND";
    private const string Section = "extensions:durableTask";
    private const string Provider = $"{Section}:storageProvider";
    private const string SchedulerType = "azureManaged", StorageType = "AzureStorage", Scheduler = "scheduler", Storage = "storage";
    private const string DefaultStorage = "AzureWebJobsStorage";
    private static readonly string[] s_services = ["blobServiceUri", "queueServiceUri", "tableServiceUri"];

    /// <summary>Whether this build has the Durable Task Scheduler's extension.</summary>
    public static bool IsSchedulerBuiltIn =>
#if DURABLE_TASK_SCHEDULER
        true;
#else
        false;
#endif

    /// <summary>The backend.</summary>
    public required DurableBackend Backend { get; init; }

    /// <summary>The task hub.</summary>
    public required string TaskHub { get; init; }

    internal static DurableSettings Read(IConfiguration settings, IConfiguration host, bool isSchedulerBuiltIn, List<SpecError> errors)
    {
        string hub = Value("hubName", Section);
        if (hub.Length == 0)
        {
            errors.Add(new SpecError("extensions.durableTask.hubName", "is missing in host.json", "name the task hub there"));
        }

        DurableBackend backend = ReadBackend(settings, Value("type", Provider), errors);
        if (backend == DurableBackend.Storage)
        {
            CheckStorage();
        }
        else
        {
            if (!isSchedulerBuiltIn)
            {
                errors.Add(new SpecError(
                    BackendKey, "this build of the app has no Durable Task Scheduler, whose package its feed lacked",
                    $"build it with all packages, or keep orchestrations in Azure Storage: {Remedy(StorageType)}"));
            }

            string key = Connection("DURABLE_TASK_SCHEDULER_CONNECTION_STRING");
            SchedulerConnection.Check(key, settings[key], hub, errors);
        }

        return new DurableSettings { Backend = backend, TaskHub = hub };

        string Value(string name, string section) => settings[$"AzureFunctionsJobHost:{section}:{name}"] ?? host[$"{section}:{name}"] ?? "";

        // The extension takes both names, and the older last.
        string Connection(string standard) =>
            new[] { Value("connectionStringName", Provider), Value("connectionName", Provider), standard }.First(name => name.Length > 0);

        void CheckStorage()
        {
            string key = Connection(DefaultStorage);
            if (string.IsNullOrEmpty(settings[key]) && string.IsNullOrEmpty(settings[$"{key}:accountName"])
                && s_services.FirstOrDefault(service => string.IsNullOrEmpty(settings[$"{key}:{service}"])) is { } missing)
            {
                errors.Add(new SpecError(
                    $"{key}__{missing}", $"is missing, and orchestrations are kept in the storage account that {key} names",
                    $"set {key} to a connection string, or {string.Join(", ", s_services.Select(service => $"{key}__{service}"))}; another name goes into {Override("connectionStringName")}"));
            }
        }
    }

    private static DurableBackend ReadBackend(IConfiguration settings, string type, List<SpecError> errors)
    {
        // An extension without a provider keeps orchestrations in Storage.
        bool isScheduler = type.Equals(SchedulerType, StringComparison.OrdinalIgnoreCase);
        if (!isScheduler && type.Length > 0 && !type.Equals(StorageType, StringComparison.OrdinalIgnoreCase))
        {
            errors.Add(new SpecError("extensions.durableTask.storageProvider.type", $"'{type}' is no backend of this app", $"write {SchedulerType} or {StorageType}"));
        }

        string wanted = settings[BackendKey] ?? (isScheduler ? Scheduler : Storage);
        if (wanted is not (Scheduler or Storage))
        {
            errors.Add(new SpecError(BackendKey, $"'{wanted}' is no backend", $"give {Scheduler} or {Storage}"));
        }
        else if (wanted == Scheduler != isScheduler)
        {
            errors.Add(new SpecError(
                BackendKey, $"it says '{wanted}', and the Functions host is set to '{(type.Length > 0 ? type : StorageType)}'",
                $"{Remedy(wanted == Scheduler ? SchedulerType : StorageType)}, as infra/main.bicep does for its parameter durableBackend"));
        }

        return isScheduler ? DurableBackend.Scheduler : DurableBackend.Storage;
    }

    private static string Remedy(string type) => type == StorageType
        ? $"set {Override("type")} to {type} and {Override("connectionStringName")} to {DefaultStorage}"
        : $"set {Override("type")} to {type}, or leave it to host.json";

    private static string Override(string name) => $"AzureFunctionsJobHost__{Provider.Replace(":", "__", StringComparison.Ordinal)}__{name}";
}
