using System.CommandLine;

var root = new RootCommand("De-identifies DICOM files.");
return await root.Parse(args).InvokeAsync();
