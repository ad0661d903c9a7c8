#!/usr/bin/env python3
"""A tool for pixels in JSON lines: blanks the top tenth of an image of one native frame. Needs pydicom."""
import json, sys
import pydicom

def clean(source, target):
    data = pydicom.dcmread(source)
    if data.file_meta.TransferSyntaxUID.is_compressed or int(data.get("NumberOfFrames", 1)) != 1:
        raise ValueError("only one native frame")
    top = data.Rows // 10 * len(data.PixelData) // data.Rows
    data.PixelData = bytes(top) + data.PixelData[top:]
    data.save_as(target)

print('{"ready": true}', flush=True)
for line in sys.stdin:
    request, ok = json.loads(line), True
    try:
        clean(request["source"], request["target"])
    except Exception:
        ok = False
    print(json.dumps({"id": request["id"], "ok": ok}), flush=True)
