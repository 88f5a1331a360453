mod errors_doc;
mod hostile;
mod records;
