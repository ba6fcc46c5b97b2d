//! The expansion of `#[derive(Wire)]`.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Attribute, Data, DeriveInput, Error, Field, Fields, LitStr, Result, Variant};

use crate::code::snake;
use crate::record::docs;

/// Writes the TypeScript description of a payload or an answer, as serde reads and writes it.
pub fn expand(input: &DeriveInput) -> Result<TokenStream> {
    let name = &input.ident;
    let body = match &input.data {
        Data::Struct(body) => structure(input, &body.fields)?,
        Data::Enum(body) => union(input, body.variants.iter())?,
        Data::Union(_) => return Err(Error::new_spanned(input, "Wire is for structs and enums")),
    };
    let (parameters, types, conditions) = input.generics.split_for_impl();
    Ok(quote! {
        impl #parameters ::unionbook_core::record::Wire for #name #types #conditions {
            fn wire(types: &mut ::unionbook_core::record::Types) -> String { #body }
        }
    })
}

fn structure(input: &DeriveInput, fields: &Fields) -> Result<TokenStream> {
    match fields {
        Fields::Named(fields) => {
            let serde = Serde::read(&input.attrs)?;
            let properties = fields.named.iter().map(|field| property(field, serde.default)).collect::<Result<Vec<_>>>()?;
            let (name, help) = (serde.rename.unwrap_or_else(|| input.ident.to_string()), docs(&input.attrs));
            Ok(
                quote!(types.interface(#name, #help, |types| Vec::<Option<::unionbook_core::record::Property>>::from([#(#properties),*]).into_iter().flatten().collect())),
            )
        }
        Fields::Unnamed(fields) if fields.unnamed.len() == 1 => {
            let inner = fields.unnamed.iter().map(|field| &field.ty);
            Ok(quote!(#(<#inner as ::unionbook_core::record::Wire>::wire(types))*))
        }
        _ => Err(Error::new_spanned(input, "Wire needs named fields or one field")),
    }
}

fn property(field: &Field, all_default: bool) -> Result<TokenStream> {
    let (serde, ty, help) = (Serde::read(&field.attrs)?, &field.ty, docs(&field.attrs));
    if serde.skip {
        return Ok(quote!(None));
    }
    let name = serde.rename.unwrap_or_else(|| field.ident.as_ref().map(ToString::to_string).unwrap_or_default());
    let (default, flatten) = (serde.default || all_default, serde.flatten);
    Ok(quote!(Some(::unionbook_core::record::Property::of::<#ty>(types, #name, #help, #default, #flatten))))
}

fn union<'v>(input: &DeriveInput, variants: impl Iterator<Item = &'v Variant>) -> Result<TokenStream> {
    let serde = Serde::read(&input.attrs)?;
    let choices = variants.map(|variant| choice(&serde, variant)).collect::<Result<Vec<_>>>()?;
    Ok(quote!([#(#choices),*].join(" | ")))
}

fn choice(serde: &Serde, variant: &Variant) -> Result<TokenStream> {
    match &variant.fields {
        // What has no tag and holds nothing is nothing.
        Fields::Unit if serde.untagged => Ok(quote!("null".to_owned())),
        Fields::Unit => {
            let name = Serde::read(&variant.attrs)?.rename.unwrap_or_else(|| serde.case(&variant.ident.to_string()));
            Ok(quote!(format!("'{}'", #name)))
        }
        fields => {
            let inner = payload(fields)?;
            let tag = Serde::read(&variant.attrs)?.rename.unwrap_or_else(|| serde.case(&variant.ident.to_string()));
            Ok(if serde.untagged { inner } else { quote!(format!("{{ {}: {} }}", #tag, #inner)) })
        }
    }
}

/// What a variant holds, without its tag.
fn payload(fields: &Fields) -> Result<TokenStream> {
    let types = fields.iter().map(|field| &field.ty);
    let wire = quote!(#(<#types as ::unionbook_core::record::Wire>::wire(types)),*);
    Ok(match fields {
        Fields::Named(named) => {
            let properties = named.named.iter().map(|field| property(field, false)).collect::<Result<Vec<_>>>()?;
            quote!(::unionbook_core::record::inline([#(#properties),*].into_iter().flatten()))
        }
        Fields::Unnamed(fields) if fields.unnamed.len() > 1 => quote!(format!("[{}]", [#wire].join(", "))),
        _ => wire,
    })
}

/// What `#[serde(…)]` says, as far as the wire's shape depends on it.
#[derive(Default)]
struct Serde {
    default: bool,
    flatten: bool,
    skip: bool,
    untagged: bool,
    rename: Option<String>,
    rename_all: Option<String>,
}

impl Serde {
    fn read(attributes: &[Attribute]) -> Result<Self> {
        let mut found = Self::default();
        for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("serde")) {
            attribute.parse_nested_meta(|meta| {
                let word = meta.path.get_ident().map(ToString::to_string).unwrap_or_default();
                let value = if meta.input.peek(syn::Token![=]) { Some(meta.value()?.parse::<LitStr>()?.value()) } else { None };
                found.take(&word, value);
                Ok(())
            })?;
        }
        Ok(found)
    }

    fn take(&mut self, word: &str, value: Option<String>) {
        match word {
            "default" => self.default = true,
            "flatten" => self.flatten = true,
            "skip" | "skip_serializing" | "skip_deserializing" => self.skip = true,
            "untagged" => self.untagged = true,
            "rename" => self.rename = value,
            "rename_all" => self.rename_all = value,
            _ => {}
        }
    }

    fn case(&self, name: &str) -> String {
        match self.rename_all.as_deref() {
            Some("lowercase") => name.to_lowercase(),
            Some("snake_case") => snake(name),
            _ => name.to_owned(),
        }
    }
}
